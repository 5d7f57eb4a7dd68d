using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatKit.Backend.Protocol;

/// <summary>A part of a user's message.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(InputText), "input_text")]
[JsonDerivedType(typeof(InputTag), "input_tag")]
public abstract record UserContent;

public sealed record InputText(string Text) : UserContent;

/// <summary>A mention of an entity of the embedding page; <see cref="Data"/> is that page's own.</summary>
public sealed record InputTag(string Id, string Text, JsonElement? Data = null, string? Group = null, bool Interactive = false) : UserContent;

/// <summary>What a client sends for a new message; attachments by id.</summary>
internal sealed record UserInput(
    IReadOnlyList<UserContent> Content,
    IReadOnlyList<string> Attachments,
    InferenceOptions InferenceOptions,
    string? QuotedText = null);

/// <summary>The user's choice of model and tool for one answer.</summary>
public sealed record InferenceOptions(string? Model = null, ToolChoice? ToolChoice = null);

public sealed record ToolChoice(string Id);

/// <summary>A file of a user message.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(FileAttachment), "file")]
[JsonDerivedType(typeof(ImageAttachment), "image")]
public abstract record Attachment
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string MimeType { get; init; }

    public string? ThreadId { get; init; }

    /// <summary>Where the bytes are to be put; null once they are here.</summary>
    public UploadDescriptor? UploadDescriptor { get; init; }
}

public sealed record UploadDescriptor(string Url, string Method, IReadOnlyDictionary<string, string> Headers);

public sealed record FileAttachment : Attachment;

public sealed record ImageAttachment : Attachment
{
    public required string PreviewUrl { get; init; }
}
