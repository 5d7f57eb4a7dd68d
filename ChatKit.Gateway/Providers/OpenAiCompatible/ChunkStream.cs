using System.Buffers;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.OpenAi;
using ChatKit.Gateway.Wire.Sse;

namespace ChatKit.Gateway.Providers.OpenAiCompatible;

/// <summary>
/// A streamed answer of the client's own dialect: chunks pass as they came, with the model's name replaced. The chunk that carries usage only is kept
/// from clients that did not ask for it.
/// </summary>
internal sealed class ChunkStream(ModelCall call) : IAnswerStream
{
    private readonly ReadOnlyMemory<byte> _stamp = ModelStamp.Of(call.ClientModel);
    private readonly bool _showsUsage = call.Envelope.IncludeUsage;

    public AnswerFacts Facts { get; private set; }

    public GatewayError? Error { get; private set; }

    public StreamStep Next(in SseEvent upstream, IBufferWriter<byte> output)
    {
        var data = upstream.Data.Span;
        if (data.Trim((byte)' ').SequenceEqual("[DONE]"u8))
        {
            SseWriter.WriteData(output, data);
            return StreamStep.Terminal;
        }

        if (!CompletionScan.TryScan(data, out var scan)) return Fail(OpenAiErrors.Broken("The provider's stream has an event that is not JSON."));
        if (scan.HasError) return Fail(OpenAiErrors.Inside(upstream.Data));
        Facts = Facts.With(scan, data);
        if (scan.Usage is not null && !scan.HasChoices && !_showsUsage) return StreamStep.Preamble;
        Forward(upstream, scan.Model, output);
        return scan.HasContent ? StreamStep.Content : StreamStep.Preamble;
    }

    private StreamStep Fail(GatewayError error)
    {
        Error = error;
        return StreamStep.Failed;
    }

    private void Forward(in SseEvent upstream, ByteRange model, IBufferWriter<byte> output)
    {
        var raw = upstream.Raw.Span;
        var data = upstream.Data.Span;
        if (raw.Overlaps(data, out var offset))
        {
            var inRaw = model == default ? default : new ByteRange(model.Start + offset, model.End + offset);
            ModelStamp.Write(output, raw, inRaw, _stamp);
            return;
        }

        // Several data lines: JSON spread over lines. On one line it says the same.
        var line = data.ToArray();
        line.AsSpan().Replace((byte)'\n', (byte)' ');
        output.Write("data: "u8);
        ModelStamp.Write(output, line, model, _stamp);
        output.Write("\n\n"u8);
    }
}
