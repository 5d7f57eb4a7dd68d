using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatKit.Gateway.Wire.OpenAi;

/// <summary>
/// A chat completion request (https://platform.openai.com/docs/api-reference/chat/create) as typed members, for translation into another dialect.
/// Members that no dialect shares stay in <see cref="Others"/>, so that a translator decides about each of them by name. Same-dialect calls never come here.
/// </summary>
internal sealed record ChatRequest
{
    public string? Model { get; init; }

    public IReadOnlyList<ChatMessage>? Messages { get; init; }

    public bool? Stream { get; init; }

    public ChatStreamOptions? StreamOptions { get; init; }

    /// <summary>The older name of <see cref="MaxCompletionTokens"/>.</summary>
    public long? MaxTokens { get; init; }

    public long? MaxCompletionTokens { get; init; }

    public decimal? Temperature { get; init; }

    public decimal? TopP { get; init; }

    [JsonConverter(typeof(StopConverter))]
    public IReadOnlyList<string>? Stop { get; init; }

    /// <summary>The caller's end user; being replaced by <see cref="SafetyIdentifier"/>.</summary>
    public string? User { get; init; }

    public string? SafetyIdentifier { get; init; }

    public string? ServiceTier { get; init; }

    public IReadOnlyList<ChatTool>? Tools { get; init; }

    /// <summary>A mode (<c>auto</c>, <c>none</c>, <c>required</c>), or an object that names the tool.</summary>
    public JsonElement? ToolChoice { get; init; }

    public bool? ParallelToolCalls { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }

    /// <summary>One of <see cref="Others"/>, for a dialect that has a word for it; what nobody takes is left over. Null where it is not given, or is null.</summary>
    public JsonElement? Take(string name) => Others is not null && Others.Remove(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value : null;
}

/// <summary><c>stream_options</c>.</summary>
internal sealed record ChatStreamOptions
{
    public bool? IncludeUsage { get; init; }
}

/// <summary>One message of the conversation. <see cref="Content"/> may be a string or parts on the wire; here it is always parts.</summary>
internal sealed record ChatMessage
{
    /// <summary><c>system</c>, <c>developer</c>, <c>user</c>, <c>assistant</c>, <c>tool</c> or the deprecated <c>function</c>.</summary>
    public string? Role { get; init; }

    [JsonConverter(typeof(ChatContentConverter))]
    public IReadOnlyList<ChatPart>? Content { get; init; }

    /// <summary>What the assistant said in place of content when it refused.</summary>
    public string? Refusal { get; init; }

    /// <summary>The calls that the assistant made.</summary>
    public IReadOnlyList<ChatToolCall>? ToolCalls { get; init; }

    /// <summary>The deprecated form of <see cref="ToolCalls"/>.</summary>
    public ChatFunctionCall? FunctionCall { get; init; }

    /// <summary>Which call a message of role <c>tool</c> answers.</summary>
    public string? ToolCallId { get; init; }

    /// <summary>The assistant's signed reasoning, as an earlier answer gave it: LiteLLM's extension.</summary>
    public IReadOnlyList<ChatThinkingBlock>? ThinkingBlocks { get; init; }

    /// <summary>LiteLLM's extension: a cache breakpoint after this message, in Anthropic's form.</summary>
    public JsonElement? CacheControl { get; init; }

    /// <summary>The same reasoning as plain text, which no provider takes back.</summary>
    public string? ReasoningContent { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}

/// <summary>A piece of content, told apart by <see cref="Type"/>; the members of one type only are set.</summary>
internal sealed record ChatPart
{
    public string? Type { get; init; }

    public string? Text { get; init; }

    /// <summary>The text of a part of type <c>refusal</c>.</summary>
    public string? Refusal { get; init; }

    public ChatImage? ImageUrl { get; init; }

    public ChatFile? File { get; init; }

    public ChatAudio? InputAudio { get; init; }

    /// <summary>LiteLLM's extension.</summary>
    public ChatImage? VideoUrl { get; init; }

    /// <summary>LiteLLM's extension: a cache breakpoint after this part, in Anthropic's form.</summary>
    public JsonElement? CacheControl { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}

/// <summary><paramref name="Url"/> is an address or a data URL; <paramref name="Detail"/> a hint on resolution.</summary>
internal sealed record ChatImage(string? Url, string? Detail)
{
    /// <summary>LiteLLM's extension: the media type, where the address does not tell.</summary>
    public string? Format { get; init; }
}

/// <summary>Sound inside the request: <paramref name="Data"/> in base64.</summary>
internal sealed record ChatAudio(string? Data, string? Format);

/// <summary>A document, inside the request as a data URL or stored at OpenAI.</summary>
internal sealed record ChatFile(string? FileData, string? Filename, string? FileId)
{
    /// <summary>LiteLLM's extension: the media type, where the address does not tell.</summary>
    public string? Format { get; init; }
}
