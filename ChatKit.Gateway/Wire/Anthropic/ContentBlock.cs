using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatKit.Gateway.Wire.Anthropic;

/// <summary>A block of what is asked, told apart by <see cref="Type"/>; the members of one type only are set.</summary>
internal sealed record ContentBlock
{
    /// <summary><c>text</c>, <c>image</c>, <c>document</c>, <c>thinking</c>, <c>redacted_thinking</c>, <c>tool_use</c> or <c>tool_result</c>.</summary>
    public required string Type { get; init; }

    public string? Text { get; init; }

    /// <summary>Of an image or a document.</summary>
    public ContentSource? Source { get; init; }

    /// <summary>A document's name.</summary>
    public string? Title { get; init; }

    public string? Thinking { get; init; }

    /// <summary>Proves to the provider that <see cref="Thinking"/> is its own.</summary>
    public string? Signature { get; init; }

    /// <summary>The opaque content of <c>redacted_thinking</c>.</summary>
    public string? Data { get; init; }

    /// <summary>Of a <c>tool_use</c>, with <see cref="Name"/> and <see cref="Input"/>.</summary>
    public string? Id { get; init; }

    public string? Name { get; init; }

    /// <summary>The arguments: an object.</summary>
    public JsonElement? Input { get; init; }

    /// <summary>The call that a <c>tool_result</c> answers with <see cref="Content"/>.</summary>
    public string? ToolUseId { get; init; }

    public IReadOnlyList<ContentBlock>? Content { get; init; }

    /// <summary>A <c>tool_result</c> that says that the tool failed.</summary>
    public bool? IsError { get; init; }

    public JsonElement? CacheControl { get; init; }

    /// <summary>The members of a block that is the provider's own, as they came.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}

/// <summary><c>base64</c> or <c>text</c> with <see cref="MediaType"/> and <see cref="Data"/>, or <c>url</c> with <see cref="Url"/>.</summary>
internal sealed record ContentSource(string Type)
{
    public string? MediaType { get; init; }

    public string? Data { get; init; }

    public string? Url { get; init; }
}

/// <summary>A block of what is answered. Only what is read of it: a block of a type that is new must not spoil the answer.</summary>
internal sealed record AnswerBlock
{
    public string? Type { get; init; }

    public string? Text { get; init; }

    public string? Thinking { get; init; }

    public string? Signature { get; init; }

    public string? Data { get; init; }

    public string? Id { get; init; }

    public string? Name { get; init; }

    public JsonElement? Input { get; init; }

    /// <summary>Where the words of a <c>text</c> come from.</summary>
    public IReadOnlyList<JsonElement>? Citations { get; init; }

    /// <summary>The rest, so that the blocks of server tools can be handed on whole.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}
