using System.Buffers;
using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Wire.Anthropic;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.OpenAi;
using ChatKit.Gateway.Wire.Sse;

namespace ChatKit.Gateway.Providers.Anthropic;

/// <summary>
/// Streamed message → chat completion chunks. The finish waits for <c>message_stop</c>, since the reason and the usage may be corrected until then.
/// </summary>
internal sealed class AnthropicStream(ModelCall call, long created) : IAnswerStream
{
    private readonly AnthropicBlocks _blocks = new();
    private ChatChunkWriter? _chunks;
    private string? _id;
    private string? _model;
    private MessagesUsage? _usage;
    private MessagesDelta? _end;
    private bool _finished;

    public GatewayError? Error { get; private set; }

    public AnswerFacts Facts => new(
        _usage is null ? null : AnthropicAnswerTranslator.Tokens(_usage),
        _id,
        _model,
        _finished ? AnthropicAnswerTranslator.FinishReason(_end?.StopReason, _blocks.AnswersByTool) : null);

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
            "content_block_start" => Add(_blocks.Start(received.ContentBlock), output),
            "content_block_delta" => Add(_blocks.Piece(received.Delta), output),
            "content_block_stop" => Add(_blocks.Stop(), output),
            "message_delta" => Update(received),
            "message_stop" => Finish(output),
            "error" => Fail(AnthropicErrors.Inside(received.Error)),
            _ => StreamStep.Preamble,
        };
    }

    private StreamStep Start(MessagesAnswer? message)
    {
        if (message?.Id is not { } id) return Fail(AnthropicErrors.Broken("The provider's stream begins with a message that has no id."));
        (_id, _model, _usage) = (id, message.Model, message.Usage);
        _chunks = new ChatChunkWriter(id, created, call.ClientModel);
        return StreamStep.Preamble;
    }

    private StreamStep Add(ChatDelta? delta, IBufferWriter<byte> output)
    {
        if (delta is null) return StreamStep.Preamble;
        if (_chunks is null) return Fail(AnthropicErrors.Broken("The provider's stream has content before its message began."));
        _chunks.Write(output, delta);
        return StreamStep.Content;
    }

    private StreamStep Update(MessagesEvent received)
    {
        if (received.Delta?.StopReason is not null) _end = received.Delta;
        _usage = received.Usage?.Over(_usage) ?? _usage;
        return StreamStep.Preamble;
    }

    private StreamStep Finish(IBufferWriter<byte> output)
    {
        if (_chunks is null) return Fail(AnthropicErrors.Broken("The provider's stream ends before its message began."));
        _finished = true;
        _chunks.Finish(
            output,
            AnthropicAnswerTranslator.FinishReason(_end?.StopReason, _blocks.AnswersByTool),
            AnthropicAnswerTranslator.NativeFinish(_end?.StopReason, _end?.StopSequence, _end?.StopDetails),
            call.Envelope.IncludeUsage ? AnthropicAnswerTranslator.Usage(_usage) : null);
        return StreamStep.Terminal;
    }

    private StreamStep Fail(GatewayError error)
    {
        Error = error;
        return StreamStep.Failed;
    }
}
