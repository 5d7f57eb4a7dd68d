using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatKit.Gateway.Wire.Anthropic;

/// <summary>
/// A client's Messages request (https://platform.claude.com/docs/en/api/messages/create) as typed members, for translation into chat. What is not carried by a
/// member of its own stays in <see cref="Others"/>, so that the translator decides about each by name.
/// <code>
/// {"model":"claude","max_tokens":1024,"system":"Be brief.","messages":[{"role":"user","content":"Hi"}],"thinking":{"type":"enabled","budget_tokens":2048}}
/// </code>
/// </summary>
internal sealed record AskedMessages
{
    public long? MaxTokens { get; init; }

    [JsonConverter(typeof(AskedContentConverter))]
    public IReadOnlyList<AskedBlock>? System { get; init; }

    public IReadOnlyList<AskedTurn?>? Messages { get; init; }

    public IReadOnlyList<string>? StopSequences { get; init; }

    public decimal? Temperature { get; init; }

    public decimal? TopP { get; init; }

    public JsonElement? TopK { get; init; }

    public bool? Stream { get; init; }

    public IReadOnlyList<AskedTool?>? Tools { get; init; }

    public MessagesToolChoice? ToolChoice { get; init; }

    public AskedThinking? Thinking { get; init; }

    public AskedOutputConfig? OutputConfig { get; init; }

    /// <summary>The format's place before it moved into <see cref="OutputConfig"/>.</summary>
    public AskedOutputFormat? OutputFormat { get; init; }

    public MessagesMetadata? Metadata { get; init; }

    public string? ServiceTier { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}

/// <summary>One turn: text, or blocks.</summary>
internal sealed record AskedTurn
{
    public string? Role { get; init; }

    [JsonConverter(typeof(AskedContentConverter))]
    public IReadOnlyList<AskedBlock>? Content { get; init; }
}

/// <summary>A block of any type; the members of one type only are set.</summary>
internal sealed record AskedBlock
{
    public string? Type { get; init; }

    public string? Text { get; init; }

    /// <summary>Of an image or a document an <see cref="AskedSource"/>; of a search result its address.</summary>
    public JsonElement? Source { get; init; }

    public string? Title { get; init; }

    /// <summary>What the author of a document says about it.</summary>
    public string? Context { get; init; }

    public string? Thinking { get; init; }

    public string? Signature { get; init; }

    public string? Data { get; init; }

    public string? Id { get; init; }

    public string? Name { get; init; }

    public JsonElement? Input { get; init; }

    public string? ToolUseId { get; init; }

    public bool? IsError { get; init; }

    [JsonConverter(typeof(AskedContentConverter))]
    public IReadOnlyList<AskedBlock>? Content { get; init; }

    /// <summary>In a document: whether the answer should cite it. In the assistant's text: what it cited.</summary>
    public JsonElement? Citations { get; init; }

    public JsonElement? CacheControl { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}

/// <summary><c>base64</c>, <c>url</c>, <c>text</c>, <c>content</c> or <c>file</c>.</summary>
internal sealed record AskedSource
{
    public string? Type { get; init; }

    public string? MediaType { get; init; }

    public string? Data { get; init; }

    public string? Url { get; init; }

    public string? FileId { get; init; }

    [JsonConverter(typeof(AskedContentConverter))]
    public IReadOnlyList<AskedBlock>? Content { get; init; }
}

/// <summary>A tool of the client (no type, or <c>custom</c>), or one that Anthropic runs or defines (<c>web_search_20250305</c> …).</summary>
internal sealed record AskedTool
{
    public string? Type { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public JsonElement? InputSchema { get; init; }

    public bool? Strict { get; init; }

    public JsonElement? CacheControl { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}

/// <summary><c>enabled</c> with a budget, <c>adaptive</c> or <c>disabled</c>.</summary>
internal sealed record AskedThinking(string? Type, long? BudgetTokens);

/// <summary>How much effort, and in which form.</summary>
internal sealed record AskedOutputConfig(string? Effort, AskedOutputFormat? Format);

/// <summary><c>json_schema</c> with its schema.</summary>
internal sealed record AskedOutputFormat(string? Type, JsonElement? Schema);
