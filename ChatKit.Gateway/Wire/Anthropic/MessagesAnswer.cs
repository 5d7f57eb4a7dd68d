using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatKit.Gateway.Wire.Anthropic;

/// <summary>
/// A whole answer; also the shell that opens a stream, then without content.
/// <code>
/// {"id":"msg_01…","type":"message","role":"assistant","model":"claude-sonnet-4-6","content":[{"type":"text","text":"Hi!"}],"stop_reason":"end_turn",
/// "stop_sequence":null,"usage":{"input_tokens":9,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":3}}
/// </code>
/// </summary>
internal sealed record MessagesAnswer
{
    public string? Id { get; init; }

    public string? Type { get; init; }

    public string? Model { get; init; }

    public IReadOnlyList<AnswerBlock>? Content { get; init; }

    /// <summary>https://platform.claude.com/docs/en/build-with-claude/handling-stop-reasons</summary>
    public string? StopReason { get; init; }

    public string? StopSequence { get; init; }

    /// <summary>Why it was a refusal; its members grow over time.</summary>
    public JsonElement? StopDetails { get; init; }

    public MessagesUsage? Usage { get; init; }

    /// <summary>Set where <see cref="Type"/> is <c>error</c>.</summary>
    public MessagesError? Error { get; init; }
}

/// <summary>
/// Tokens: the input is the sum of <see cref="InputTokens"/> and the two cache counts. In a stream the counts are cumulative, and a later event may leave
/// out what an earlier one said.
/// </summary>
internal sealed record MessagesUsage
{
    public long? InputTokens { get; init; }

    public long? CacheCreationInputTokens { get; init; }

    public long? CacheReadInputTokens { get; init; }

    /// <summary>How long what was written stays.</summary>
    public MessagesCacheCreation? CacheCreation { get; init; }

    public long? OutputTokens { get; init; }

    public MessagesOutputDetails? OutputTokensDetails { get; init; }

    /// <summary>How often tools ran at the provider.</summary>
    public JsonElement? ServerToolUse { get; init; }

    /// <summary><c>standard</c>, <c>priority</c> or <c>batch</c>.</summary>
    public string? ServiceTier { get; init; }

    /// <summary>These counts, and the earlier ones where these are silent.</summary>
    public MessagesUsage Over(MessagesUsage? earlier) => new()
    {
        InputTokens = InputTokens ?? earlier?.InputTokens,
        CacheCreationInputTokens = CacheCreationInputTokens ?? earlier?.CacheCreationInputTokens,
        CacheReadInputTokens = CacheReadInputTokens ?? earlier?.CacheReadInputTokens,
        CacheCreation = CacheCreation ?? earlier?.CacheCreation,
        OutputTokens = OutputTokens ?? earlier?.OutputTokens,
        OutputTokensDetails = OutputTokensDetails ?? earlier?.OutputTokensDetails,
        ServerToolUse = ServerToolUse ?? earlier?.ServerToolUse,
        ServiceTier = ServiceTier ?? earlier?.ServiceTier,
    };
}

/// <summary>How many of the output tokens were reasoning.</summary>
internal sealed record MessagesOutputDetails(long? ThinkingTokens);

/// <summary>https://platform.claude.com/docs/en/build-with-claude/prompt-caching: <c>{"ephemeral_5m_input_tokens":456,"ephemeral_1h_input_tokens":100}</c></summary>
internal sealed record MessagesCacheCreation([property: JsonPropertyName("ephemeral_1h_input_tokens")] long? HourInputTokens);
