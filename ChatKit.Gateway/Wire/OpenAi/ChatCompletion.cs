using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatKit.Gateway.Wire.OpenAi;

/// <summary>
/// A whole answer (https://platform.openai.com/docs/api-reference/chat/object), made by translators.
/// <code>
/// {"id":"…","object":"chat.completion","created":1760000000,"model":"claude","choices":[{"index":0,"message":{"role":"assistant","content":"Hi",
/// "refusal":null},"logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11, …}}
/// </code>
/// </summary>
internal sealed record ChatCompletion([property: JsonPropertyOrder(-2)] string Id, long Created, string Model, IReadOnlyList<ChatChoice> Choices, ChatUsage Usage)
{
    [JsonPropertyOrder(-1)]
    public string Object { get; init; } = "chat.completion";

    /// <summary>The capacity that served the call, where the provider says.</summary>
    public string? ServiceTier { get; init; }
}

/// <summary>One of the answers.</summary>
internal sealed record ChatChoice(int Index, ChatAnswer Message, string FinishReason)
{
    /// <summary>Null where nobody asked or the dialect has none: clients expect the member.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ChatLogprobs? Logprobs { get; init; }

    /// <summary>What <see cref="FinishReason"/> cannot say, as the provider said it.</summary>
    public ChatNativeFinish? ProviderSpecificFields { get; init; }
}

/// <summary>The assistant's message. <paramref name="Content"/> is null where the answer consists of something else.</summary>
internal sealed record ChatAnswer([property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Content)
{
    [JsonPropertyOrder(-1)]
    public string Role { get; init; } = "assistant";

    /// <summary>OpenAI's refusals are text of their own; in other dialects they are a finish reason.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Refusal { get; init; }

    /// <summary>The model's visible reasoning: DeepSeek's and LiteLLM's extension.</summary>
    public string? ReasoningContent { get; init; }

    /// <summary>The same as signed blocks, to be sent back unchanged: LiteLLM's extension.</summary>
    public IReadOnlyList<ChatThinkingBlock>? ThinkingBlocks { get; init; }

    public IReadOnlyList<ChatToolCall>? ToolCalls { get; init; }

    /// <summary>Where the text comes from.</summary>
    public IReadOnlyList<ChatAnnotation>? Annotations { get; init; }

    /// <summary>Pictures that the model made: LiteLLM's and OpenRouter's extension.</summary>
    public IReadOnlyList<ChatMadeImage>? Images { get; init; }

    public ChatSpeech? Audio { get; init; }

    /// <summary>What the provider said and OpenAI has no word for.</summary>
    public ChatProviderFields? ProviderSpecificFields { get; init; }
}

/// <summary>
/// One event of a streamed answer (https://platform.openai.com/docs/api-reference/chat-streaming). The chunk with <see cref="Usage"/> has no choices.
/// </summary>
internal sealed record ChatChunk([property: JsonPropertyOrder(-2)] string Id, long Created, string Model, IReadOnlyList<ChatChunkChoice> Choices)
{
    [JsonPropertyOrder(-1)]
    public string Object { get; init; } = "chat.completion.chunk";

    public ChatUsage? Usage { get; init; }
}

/// <summary>What a chunk adds to a choice.</summary>
internal sealed record ChatChunkChoice(int Index, ChatDelta Delta, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? FinishReason)
{
    public ChatLogprobs? Logprobs { get; init; }

    public ChatNativeFinish? ProviderSpecificFields { get; init; }
}

/// <summary>The new piece of the message.</summary>
internal sealed record ChatDelta
{
    public string? Role { get; init; }

    public string? Content { get; init; }

    public string? ReasoningContent { get; init; }

    public IReadOnlyList<ChatThinkingBlock>? ThinkingBlocks { get; init; }

    public IReadOnlyList<ChatToolCall>? ToolCalls { get; init; }

    /// <summary>Where text that is now complete comes from.</summary>
    public IReadOnlyList<ChatAnnotation>? Annotations { get; init; }

    public IReadOnlyList<ChatMadeImage>? Images { get; init; }

    public ChatSpeech? Audio { get; init; }

    /// <summary>What the provider said and OpenAI has no word for.</summary>
    public ChatProviderFields? ProviderSpecificFields { get; init; }
}

/// <summary><c>thinking</c> with its signature, or <c>redacted_thinking</c> with opaque <see cref="Data"/>.</summary>
internal sealed record ChatThinkingBlock(string? Type)
{
    public string? Thinking { get; init; }

    public string? Signature { get; init; }

    public string? Data { get; init; }
}

/// <summary>Why the answer ended, in the provider's own words, where OpenAI's vocabulary is coarser.</summary>
internal sealed record ChatNativeFinish(string StopReason)
{
    public string? StopSequence { get; init; }

    /// <summary>The provider's own explanation, verbatim.</summary>
    public JsonElement? StopDetails { get; init; }
}

/// <summary>LiteLLM's place for what a provider's dialect says beyond OpenAI's (https://docs.litellm.ai/docs/completion/output).</summary>
internal sealed record ChatProviderFields
{
    /// <summary>The sources of a whole answer's text, in the provider's form, block by block.</summary>
    public IReadOnlyList<IReadOnlyList<JsonElement>>? Citations { get; init; }

    /// <summary>One of them, in a stream.</summary>
    public JsonElement? Citation { get; init; }

    /// <summary>Blocks of the provider's own tools, whole; to be sent back unchanged.</summary>
    public IReadOnlyList<JsonElement>? ContentBlocks { get; init; }

    /// <summary>Gemini's seals on text, to be sent back.</summary>
    public IReadOnlyList<string>? ThoughtSignatures { get; init; }

    public JsonElement? GroundingMetadata { get; init; }

    public JsonElement? CitationMetadata { get; init; }

    public JsonElement? UrlContextMetadata { get; init; }

    public JsonElement? SafetyRatings { get; init; }

    /// <summary>Code that the provider ran for the model, and what came of it.</summary>
    public IReadOnlyList<JsonElement>? CodeExecution { get; init; }
}
