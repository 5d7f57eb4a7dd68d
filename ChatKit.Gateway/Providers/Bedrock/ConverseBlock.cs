using System.Text.Json;

namespace ChatKit.Gateway.Providers.Bedrock;

/// <summary>
/// A block of content, of a request or an answer; exactly one member is set
/// (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ContentBlock.html). In an answer, one without any is of a kind that is new.
/// </summary>
internal sealed record ConverseBlock
{
    public string? Text { get; init; }

    /// <summary>Of a tool's result only.</summary>
    public JsonElement? Json { get; init; }

    public ConverseFile? Image { get; init; }

    public ConverseFile? Document { get; init; }

    public ConverseFile? Audio { get; init; }

    public ConverseToolUse? ToolUse { get; init; }

    public ConverseToolResult? ToolResult { get; init; }

    public ConverseReasoning? ReasoningContent { get; init; }

    public ConverseCitations? CitationsContent { get; init; }

    /// <summary>What a guardrail looks at, where it is not to look at everything.</summary>
    public ConverseGuarded? GuardContent { get; init; }

    /// <summary>All before this is to be cached.</summary>
    public CachePoint? CachePoint { get; init; }
}

/// <summary>A file inside the request, or in S3.</summary>
/// <param name="Format">Its extension: <c>png</c>, <c>pdf</c>, <c>wav</c> …</param>
/// <param name="Source">Where its content is.</param>
internal sealed record ConverseFile(string Format, ConverseSource Source)
{
    /// <summary>Of a document: letters, digits, single spaces, hyphens, brackets.</summary>
    public string? Name { get; init; }
}

/// <summary><see cref="Bytes"/> in base64, or an object in S3.</summary>
internal sealed record ConverseSource
{
    public string? Bytes { get; init; }

    public S3Location? S3Location { get; init; }
}

internal sealed record S3Location(string Uri);

/// <summary>The model calls a tool; streamed, the input comes in pieces of text.</summary>
internal sealed record ConverseToolUse(string? ToolUseId, string? Name)
{
    public JsonElement? Input { get; init; }
}

/// <summary>The tool's answer; <see cref="Status"/> is <c>success</c> or <c>error</c>.</summary>
internal sealed record ConverseToolResult(string ToolUseId, IReadOnlyList<ConverseBlock> Content)
{
    public string? Status { get; init; }
}

/// <summary>The model's reasoning, sealed with a signature, or encrypted as a whole (<see cref="RedactedContent"/>, base64).</summary>
internal sealed record ConverseReasoning
{
    public ConverseReasoningText? ReasoningText { get; init; }

    public string? RedactedContent { get; init; }
}

internal sealed record ConverseReasoningText(string? Text)
{
    public string? Signature { get; init; }
}

/// <summary>Text with its sources.</summary>
internal sealed record ConverseCitations(IReadOnlyList<ConverseBlock>? Content);

internal sealed record ConverseGuarded(ConverseGuardedText Text);

internal sealed record ConverseGuardedText(string Text);

/// <summary>https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html</summary>
internal sealed record CachePoint
{
    public string Type { get; init; } = "default";

    /// <summary><c>5m</c> or <c>1h</c>.</summary>
    public string? Ttl { get; init; }
}
