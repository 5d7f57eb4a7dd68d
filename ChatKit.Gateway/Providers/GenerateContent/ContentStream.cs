using System.Buffers;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Wire.Gemini;
using ChatKit.Gateway.Wire.Sse;

namespace ChatKit.Gateway.Providers.GenerateContent;

/// <summary>
/// A streamed answer of the client's own dialect: events pass as they came, and what they used is read as it goes by. The end of the stream is the end of the
/// answer, where that said why it ended.
/// </summary>
internal sealed class ContentStream : IAnswerStream
{
    private readonly ContentFacts _facts = new();

    public AnswerFacts Facts => _facts.Value;

    public GatewayError? Error { get; private set; }

    public StreamStep Next(in SseEvent upstream, IBufferWriter<byte> output)
    {
        var data = upstream.Data.Span;
        if (!ContentScan.TryScan(data, out var scan)) return Fail(GeminiErrors.Broken("The provider's stream holds an event that is not JSON of its dialect."));
        if (scan.HasError) return Fail(GeminiErrors.Inside(data));
        _facts.Learn(scan, data);
        output.Write(upstream.Raw.Span);
        return scan.HasCandidates || !scan.BlockReason.IsEmpty ? StreamStep.Content : StreamStep.Preamble;
    }

    public StreamStep End(IBufferWriter<byte> output) => _facts.IsComplete ? StreamStep.Terminal : StreamStep.Preamble;

    private StreamStep Fail(GatewayError error)
    {
        Error = error;
        return StreamStep.Failed;
    }
}
