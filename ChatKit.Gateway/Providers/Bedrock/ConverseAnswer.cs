using System.Text.Json;

namespace ChatKit.Gateway.Providers.Bedrock;

/// <summary>
/// A whole answer. Its id is in the header <c>x-amzn-RequestId</c> only.
/// <code>
/// {"metrics":{"latencyMs":551},"output":{"message":{"content":[{"text":"Hi!"}],"role":"assistant"}},"stopReason":"end_turn",
/// "usage":{"inputTokens":9,"outputTokens":3,"totalTokens":12,"cacheReadInputTokens":0,"cacheWriteInputTokens":0}}
/// </code>
/// </summary>
internal sealed record ConverseAnswer(ConverseOutput? Output, string? StopReason, ConverseUsage? Usage)
{
    /// <summary>What guardrails and prompt routers did.</summary>
    public JsonElement? Trace { get; init; }
}

internal sealed record ConverseOutput(ConverseMessage? Message);

internal sealed record ConverseMessage(IReadOnlyList<ConverseBlock>? Content);

/// <summary>
/// Tokens. <paramref name="InputTokens"/> are those that were neither read from the cache nor written to it
/// (https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html).
/// </summary>
internal sealed record ConverseUsage(long InputTokens, long OutputTokens, long CacheReadInputTokens = 0, long CacheWriteInputTokens = 0)
{
    /// <summary>How long what was written stays: <c>[{"inputTokens":10,"ttl":"1h"}]</c> (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_CacheDetail.html).</summary>
    public IReadOnlyList<ConverseCacheDetail?>? CacheDetails { get; init; }
}

internal sealed record ConverseCacheDetail(long InputTokens, string? Ttl);

/// <summary>
/// The payload of any event of a streamed answer (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStreamOutput.html); which members
/// are there depends on its type.
/// </summary>
internal sealed record ConverseEvent
{
    public ConverseStart? Start { get; init; }

    public ConverseDelta? Delta { get; init; }

    public string? StopReason { get; init; }

    public ConverseUsage? Usage { get; init; }

    public JsonElement? Trace { get; init; }
}

/// <summary>How a block begins that is not text.</summary>
internal sealed record ConverseStart(ConverseToolUse? ToolUse);

/// <summary>A piece of a block.</summary>
internal sealed record ConverseDelta
{
    public string? Text { get; init; }

    public ConverseToolDelta? ToolUse { get; init; }

    public ConverseReasoningDelta? ReasoningContent { get; init; }
}

/// <summary>A piece of a tool's arguments.</summary>
internal sealed record ConverseToolDelta(string? Input);

internal sealed record ConverseReasoningDelta(string? Text, string? Signature, string? RedactedContent);

/// <summary>
/// An error answer, and the payload of an exception in a stream. Which error it is stands in a header (<c>x-amzn-ErrorType</c>, <c>:exception-type</c>) and only
/// sometimes here; the message's name begins with a capital letter where the gate in front of the service wrote it.
/// </summary>
internal sealed record BedrockFault
{
    public string? Message { get; init; }

    [System.Text.Json.Serialization.JsonPropertyName("Message")]
    public string? CapitalMessage { get; init; }

    [System.Text.Json.Serialization.JsonPropertyName("__type")]
    public string? Type { get; init; }

    /// <summary>What the model itself answered, where the fault is its own.</summary>
    public int? OriginalStatusCode { get; init; }

    public string? OriginalMessage { get; init; }
}
