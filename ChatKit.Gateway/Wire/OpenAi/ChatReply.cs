using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatKit.Gateway.Wire.OpenAi;

/// <summary>
/// A completion or a chunk of one, as read for translation into another API: only what is carried, and lenient, since every vendor of the family answers a little
/// differently. Usage is not here: a provider's class has it in its facts.
/// <code>{"id":"chatcmpl-1","created":1760000000,"model":"gpt","choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":null}]}</code>
/// </summary>
internal sealed record ChatReply
{
    public string? Id { get; init; }

    public long? Created { get; init; }

    public string? Model { get; init; }

    public IReadOnlyList<ChatReplyChoice?>? Choices { get; init; }

    public string? ServiceTier { get; init; }

    /// <summary>The answer, or the first of several; null in a chunk that has usage only.</summary>
    [JsonIgnore]
    public ChatReplyChoice? First
    {
        get
        {
            for (var i = 0; i < Choices?.Count; i++)
                if (Choices[i] is { Index: 0 } choice)
                    return choice;
            return null;
        }
    }
}

/// <summary>An answer (<see cref="Message"/>), or what a chunk adds to it (<see cref="Delta"/>).</summary>
internal sealed record ChatReplyChoice
{
    public int Index { get; init; }

    public ChatReplyMessage? Message { get; init; }

    public ChatReplyMessage? Delta { get; init; }

    public string? FinishReason { get; init; }

    public JsonElement? Logprobs { get; init; }

    /// <summary>LiteLLM's extension: why it ended in the provider's own words.</summary>
    public ChatNativeFinish? ProviderSpecificFields { get; init; }
}

/// <summary>What the assistant said, whole or in part.</summary>
internal sealed record ChatReplyMessage
{
    [JsonConverter(typeof(ChatReplyContentConverter))]
    public ChatReplyContent? Content { get; init; }

    public string? Refusal { get; init; }

    /// <summary>DeepSeek's and LiteLLM's name for the visible reasoning.</summary>
    public string? ReasoningContent { get; init; }

    /// <summary>The same at OpenRouter, Groq and Ollama; an object at others, which is not read.</summary>
    public JsonElement? Reasoning { get; init; }

    public IReadOnlyList<ChatThinkingBlock?>? ThinkingBlocks { get; init; }

    public IReadOnlyList<ChatToolCall?>? ToolCalls { get; init; }

    /// <summary>Where the text comes from: https://platform.openai.com/docs/guides/tools-web-search</summary>
    public IReadOnlyList<ChatAnnotation?>? Annotations { get; init; }

    /// <summary>The reasoning under whichever name.</summary>
    [JsonIgnore]
    public string? Thought =>
        ReasoningContent is { Length: > 0 } ? ReasoningContent
        : Reasoning is { ValueKind: JsonValueKind.String } text && text.GetString() is { Length: > 0 } said ? said
        : Content?.Thinking;
}

/// <summary>The text of a message; beside it the reasoning, where a vendor (Mistral) has both in the content.</summary>
internal sealed record ChatReplyContent(string? Text, string? Thinking);

/// <summary><c>{"type":"url_citation","url_citation":{"url":"…","title":"…","start_index":0,"end_index":9}}</c></summary>
internal sealed record ChatAnnotation(string? Type, ChatCitation? UrlCitation);

/// <summary>A page, and the range of the text that it backs.</summary>
internal sealed record ChatCitation(string? Url, string? Title, int? StartIndex, int? EndIndex);
