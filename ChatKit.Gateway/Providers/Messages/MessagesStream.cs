using System.Buffers;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Providers.Anthropic;
using ChatKit.Gateway.Providers.OpenAiCompatible;
using ChatKit.Gateway.Wire.Anthropic;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.Sse;

namespace ChatKit.Gateway.Providers.Messages;

/// <summary>
/// A streamed message of the client's own dialect: events pass as they came, unknown ones too; the model's name in <c>message_start</c> is replaced, and usage
/// read as it goes by.
/// </summary>
internal sealed class MessagesStream(ModelCall call) : IAnswerStream
{
    private readonly ReadOnlyMemory<byte> _stamp = ModelStamp.Of(call.ClientModel);
    private MessagesUsage? _usage;
    private string? _id;
    private string? _model;
    private string? _stopReason;

    public GatewayError? Error { get; private set; }

    public AnswerFacts Facts => new(
        _usage is null ? null : AnthropicAnswerTranslator.Tokens(_usage),
        _id,
        _model,
        _stopReason is null ? null : AnthropicAnswerTranslator.FinishReason(_stopReason));

    public StreamStep Next(in SseEvent upstream, IBufferWriter<byte> output)
    {
        var data = upstream.Data.Span;
        if (!MessagesScan.TryScan(data, out var scan)) return Fail(AnthropicErrors.Broken("The provider's stream holds an event that is not JSON of its dialect."));
        var type = scan.Type.Of(data);
        if (type.SequenceEqual("error"u8)) return Fail(AnthropicErrors.Inside(MessagesProvider.Error(data)));
        var isStart = type.SequenceEqual("message_start"u8);
        Learn(scan, data, isStart);
        Forward(upstream, isStart ? scan.Model : default, output);
        return type.SequenceEqual("message_stop"u8) ? StreamStep.Terminal
            : type.SequenceEqual("content_block_delta"u8) || type.SequenceEqual("content_block_stop"u8) || type.SequenceEqual("message_delta"u8) ? StreamStep.Content
            : StreamStep.Preamble;
    }

    private void Learn(in MessagesScan scan, ReadOnlySpan<byte> data, bool isStart)
    {
        _usage = scan.Usage?.Over(_usage) ?? _usage;
        _stopReason = MessagesScan.Text(scan.StopReason, data) ?? _stopReason;
        if (isStart) (_id, _model) = (MessagesScan.Text(scan.Id, data), MessagesScan.Text(scan.Model, data));
    }

    private void Forward(in SseEvent upstream, ByteRange model, IBufferWriter<byte> output)
    {
        var raw = upstream.Raw.Span;
        var data = upstream.Data.Span;
        if (model == default || !raw.Overlaps(data, out var offset))
        {
            output.Write(raw);
            return;
        }

        ModelStamp.Write(output, raw, new ByteRange(model.Start + offset, model.End + offset), _stamp);
    }

    private StreamStep Fail(GatewayError error)
    {
        Error = error;
        return StreamStep.Failed;
    }
}
