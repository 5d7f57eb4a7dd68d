using System.Buffers;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Providers.OpenAiCompatible;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.OpenAi.Responses;
using ChatKit.Gateway.Wire.Sse;

namespace ChatKit.Gateway.Providers.Responses;

/// <summary>
/// A streamed response of the client's own dialect: events pass as they came, unknown ones too; the model's name in those that repeat the response is replaced,
/// and usage read as it goes by. A response that failed is an event like any other once something was said, and an error before.
/// </summary>
internal sealed class ResponsesStream(ModelCall call) : IAnswerStream
{
    private readonly ReadOnlyMemory<byte> _stamp = ModelStamp.Of(call.ClientModel);
    private bool _hasContent;

    public AnswerFacts Facts { get; private set; }

    public GatewayError? Error { get; private set; }

    public StreamStep Next(in SseEvent upstream, IBufferWriter<byte> output)
    {
        var data = upstream.Data.Span;
        if (data.Trim((byte)' ').SequenceEqual("[DONE]"u8)) return StreamStep.Preamble;
        if (!ResponsesScan.TryScan(data, out var scan)) return Fail(OpenAiErrors.Broken("The provider's stream has an event that is not JSON."));
        var type = scan.Type.Of(data);
        if (type.IsEmpty || type.SequenceEqual("error"u8)) return Fail(OpenAiErrors.Inside(upstream.Data));
        if (type.SequenceEqual("response.failed"u8) && !_hasContent) return Fail(OpenAiErrors.Inside(Wrapped(scan, data)));
        if (type.StartsWith("response."u8)) Facts = ResponsesProvider.Facts(Facts, scan, data);
        var isLast = type.SequenceEqual("response.completed"u8) || type.SequenceEqual("response.incomplete"u8) || type.SequenceEqual("response.failed"u8);
        Forward(upstream, isLast || IsOpening(type) ? scan.Model : default, output);
        if (isLast) return StreamStep.Terminal;
        if (!type.EndsWith(".delta"u8) && !type.EndsWith(".done"u8)) return StreamStep.Preamble;
        _hasContent = true;
        return StreamStep.Content;
    }

    /// <summary>Events that repeat the response before it is answered.</summary>
    private static bool IsOpening(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("response.created"u8) || type.SequenceEqual("response.in_progress"u8) || type.SequenceEqual("response.queued"u8);

    /// <summary>The error of a response that failed, in the shape of an error answer.</summary>
    private static byte[] Wrapped(in ResponsesScan scan, ReadOnlySpan<byte> data) => [.. "{\"error\":"u8, .. scan.Error.IsEmpty ? "null"u8 : scan.Error.Of(data), (byte)'}'];

    private void Forward(in SseEvent upstream, ByteRange model, IBufferWriter<byte> output)
    {
        var raw = upstream.Raw.Span;
        if (model == default || !raw.Overlaps(upstream.Data.Span, out var offset)) output.Write(raw);
        else ModelStamp.Write(output, raw, new ByteRange(model.Start + offset, model.End + offset), _stamp);
    }

    private StreamStep Fail(GatewayError error)
    {
        Error = error;
        return StreamStep.Failed;
    }
}
