using System.Buffers;
using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Wire.Anthropic;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.OpenAi;
using ChatKit.Gateway.Wire.Sse;

namespace ChatKit.Gateway.Providers.Anthropic;

/// <summary>
/// Streamed message → chat completion chunks. The opening is held back until the first content, so that a stream which fails before it leaves nothing
/// written; the finish waits for <c>message_stop</c>, since the reason and the usage may be corrected until then.
/// </summary>
internal sealed class AnthropicStream(ChatCall call, long created) : IAnswerStream
{
    private string? _id;
    private string? _model;
    private string? _stopReason;
    private string? _stopSequence;
    private JsonElement? _stopDetails;
    private MessagesUsage? _usage;
    private bool _opened;
    private bool _finished;

    public GatewayError? Error { get; private set; }

    public AnswerFacts Facts => new(
        _usage is null ? null : AnthropicAnswerTranslator.Tokens(_usage),
        _id,
        _model,
        _finished ? AnthropicAnswerTranslator.FinishReason(_stopReason) : null);

    public StreamStep Next(in SseEvent upstream, IBufferWriter<byte> output)
    {
        MessagesEvent? received;
        try
        {
            received = JsonUnicode.Read(upstream.Data.Span, AnthropicJson.Default.MessagesEvent);
        }
        catch (JsonException)
        {
            return Fail(AnthropicErrors.Broken("The provider's stream holds an event that is not JSON of its dialect."));
        }

        return received?.Type switch
        {
            "message_start" => Start(received.Message),
            "content_block_start" => Add(Opening(received.ContentBlock), output),
            "content_block_delta" => Add(Piece(received.Delta), output),
            "message_delta" => Update(received),
            "message_stop" => Finish(output),
            "error" => Fail(AnthropicErrors.InStream(received.Error)),
            _ => StreamStep.Preamble,
        };
    }

    private StreamStep Start(MessagesAnswer? message)
    {
        _id = message?.Id;
        _model = message?.Model;
        _usage = message?.Usage;
        return _id is null ? Fail(AnthropicErrors.Broken("The provider's stream begins with a message that has no id.")) : StreamStep.Preamble;
    }

    /// <summary>A block that is whole at its start, or begins with content.</summary>
    private static ChatDelta? Opening(ContentBlock? block) => block switch
    {
        { Type: "text", Text.Length: > 0 } => new ChatDelta { Content = block.Text },
        { Type: "redacted_thinking" } => new ChatDelta { ThinkingBlocks = [AnthropicAnswerTranslator.Thinking(block)] },
        _ => null,
    };

    private static ChatDelta? Piece(MessagesDelta? delta) => delta switch
    {
        { Type: "text_delta", Text.Length: > 0 } => new ChatDelta { Content = delta.Text },
        { Type: "thinking_delta", Thinking.Length: > 0 } => new ChatDelta
        {
            ReasoningContent = delta.Thinking,
            ThinkingBlocks = [new ChatThinkingBlock("thinking") { Thinking = delta.Thinking }],
        },
        { Type: "signature_delta" } => new ChatDelta { ThinkingBlocks = [new ChatThinkingBlock("thinking") { Thinking = "", Signature = delta.Signature }] },
        _ => null,
    };

    private StreamStep Add(ChatDelta? delta, IBufferWriter<byte> output)
    {
        if (delta is null) return StreamStep.Preamble;
        if (!Open(output)) return StreamStep.Failed;
        Write(output, new ChatChunkChoice(0, delta, FinishReason: null));
        return StreamStep.Content;
    }

    private StreamStep Update(MessagesEvent received)
    {
        _stopReason = received.Delta?.StopReason ?? _stopReason;
        _stopSequence = received.Delta?.StopSequence ?? _stopSequence;
        _stopDetails = received.Delta?.StopDetails ?? _stopDetails;
        _usage = received.Usage?.Over(_usage) ?? _usage;
        return StreamStep.Preamble;
    }

    private StreamStep Finish(IBufferWriter<byte> output)
    {
        if (!Open(output)) return StreamStep.Failed;
        _finished = true;
        Write(output, new ChatChunkChoice(0, new ChatDelta(), AnthropicAnswerTranslator.FinishReason(_stopReason))
        {
            ProviderSpecificFields = AnthropicAnswerTranslator.NativeFinish(_stopReason, _stopSequence, _stopDetails),
        });
        if (call.Envelope.IncludeUsage)
            Write(output, new ChatChunk(_id!, created, call.ClientModel, []) { Usage = AnthropicAnswerTranslator.Usage(AnthropicAnswerTranslator.Tokens(_usage)) });
        output.Write("data: [DONE]\n\n"u8);
        return StreamStep.Terminal;
    }

    /// <summary>Writes the role once. False, with the error set, where the message itself never began.</summary>
    private bool Open(IBufferWriter<byte> output)
    {
        if (_id is null)
        {
            Error = AnthropicErrors.Broken("The provider's stream has content before its message began.");
            return false;
        }

        if (_opened) return true;
        _opened = true;
        Write(output, new ChatChunkChoice(0, new ChatDelta { Role = "assistant", Content = "" }, FinishReason: null));
        return true;
    }

    private StreamStep Fail(GatewayError error)
    {
        Error = error;
        return StreamStep.Failed;
    }

    private void Write(IBufferWriter<byte> output, ChatChunkChoice choice) => Write(output, new ChatChunk(_id!, created, call.ClientModel, [choice]));

    private static void Write(IBufferWriter<byte> output, ChatChunk chunk)
    {
        output.Write("data: "u8);
        using (var writer = new Utf8JsonWriter(output, OpenAiJson.Writing)) JsonSerializer.Serialize(writer, chunk, OpenAiJson.Default.ChatChunk);
        output.Write("\n\n"u8);
    }
}
