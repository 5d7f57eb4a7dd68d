using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatKit.Backend.Protocol;

/// <summary>A part of an assistant's message: markdown with its sources.</summary>
public sealed record OutputText(string Text, IReadOnlyList<Annotation> Annotations)
{
    public static readonly OutputText Blank = new("", []);

    [JsonPropertyOrder(-1)]
    public string Type { get; } = "output_text";
}

/// <summary>Where a part of an answer comes from; <see cref="Index"/> is the character that it follows.</summary>
public sealed record Annotation(Source Source, int? Index = null)
{
    [JsonPropertyOrder(-1)]
    public string Type { get; } = "annotation";
}

/// <summary>What an answer can cite.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(UrlSource), "url")]
[JsonDerivedType(typeof(FileSource), "file")]
[JsonDerivedType(typeof(EntitySource), "entity")]
public abstract record Source
{
    public required string Title { get; init; }

    public string? Description { get; init; }

    public string? Timestamp { get; init; }

    public string? Group { get; init; }
}

public sealed record UrlSource : Source
{
    public required string Url { get; init; }

    public string? Attribution { get; init; }
}

public sealed record FileSource : Source
{
    public required string Filename { get; init; }
}

/// <summary>An entity of the embedding page; <see cref="Data"/> is that page's own.</summary>
public sealed record EntitySource : Source
{
    public required string Id { get; init; }

    public string? Icon { get; init; }

    public string? Label { get; init; }

    public string? InlineLabel { get; init; }

    public bool Interactive { get; init; }

    public JsonElement? Data { get; init; }
}
