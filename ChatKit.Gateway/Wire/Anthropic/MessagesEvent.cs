using System.Text.Json;

namespace ChatKit.Gateway.Wire.Anthropic;

/// <summary>
/// The data of one streamed event (https://platform.claude.com/docs/en/build-with-claude/streaming): <c>message_start</c>, then for each block
/// <c>content_block_start</c>, <c>content_block_delta</c>…, <c>content_block_stop</c>, then <c>message_delta</c>… and <c>message_stop</c>; <c>ping</c> and
/// <c>error</c> anywhere; new types may be added.
/// <code>
/// event: content_block_delta
/// data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hello"}}
/// </code>
/// </summary>
internal sealed record MessagesEvent
{
    public string? Type { get; init; }

    public MessagesAnswer? Message { get; init; }

    public AnswerBlock? ContentBlock { get; init; }

    public MessagesDelta? Delta { get; init; }

    public MessagesUsage? Usage { get; init; }

    public MessagesError? Error { get; init; }
}

/// <summary>What a delta adds: to a block (told apart by <see cref="Type"/>), or to the message (<see cref="StopReason"/>).</summary>
internal sealed record MessagesDelta
{
    /// <summary><c>text_delta</c>, <c>thinking_delta</c>, <c>signature_delta</c> …; null at the message.</summary>
    public string? Type { get; init; }

    public string? Text { get; init; }

    public string? Thinking { get; init; }

    public string? Signature { get; init; }

    /// <summary>A piece of a tool's arguments, of an <c>input_json_delta</c>.</summary>
    public string? PartialJson { get; init; }

    /// <summary>Where the words of the block come from, of a <c>citations_delta</c>.</summary>
    public JsonElement? Citation { get; init; }

    public string? StopReason { get; init; }

    public string? StopSequence { get; init; }

    public JsonElement? StopDetails { get; init; }
}

/// <summary>
/// An error answer (https://platform.claude.com/docs/en/api/errors).
/// <code>
/// {"type":"error","error":{"type":"not_found_error","message":"model: claude-9"},"request_id":"req_011C…"}
/// </code>
/// </summary>
internal sealed record MessagesErrorAnswer(MessagesError? Error);

/// <summary>The error itself. The type may be one that is new.</summary>
internal sealed record MessagesError(string? Type, string? Message)
{
    /// <summary>What a program may act on: <c>{"error_code":"thread_not_found"}</c>. Its members depend on the code.</summary>
    public JsonElement? Details { get; init; }
}
