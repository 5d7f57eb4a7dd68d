using System.Buffers;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Providers;
using ChatKit.Gateway.Wire.Sse;

namespace ChatKit.Gateway.Pipeline;

/// <summary>A streamed answer on its way through: bytes in, events of the client's dialect out, as many as each read completes.</summary>
internal sealed class UpstreamEvents(UpstreamResponse response, IEventReader reader, IAnswerStream translation) : IDisposable
{
    public AnswerFacts Facts => translation.Facts;

    /// <summary>Set once <see cref="StreamStep.Failed"/> was returned.</summary>
    public GatewayError? Error { get; private set; }

    /// <summary>Waits for the next bytes and writes what they complete. The best of their events is the result; an end without the dialect's terminal is a failure.</summary>
    public async ValueTask<StreamStep> ReadAsync(IBufferWriter<byte> output, CancellationToken cancellationToken)
    {
        if (reader.IsFull) return Fail(TransportErrors.TooLarge);
        var count = await response.ReadAsync(reader.GetMemory(), cancellationToken);
        if (count == 0) return ReadEnd(output);
        reader.Advance(count);
        return ReadEvents(output);
    }

    public void Dispose() => reader.Dispose();

    private StreamStep ReadEvents(IBufferWriter<byte> output)
    {
        var best = StreamStep.Preamble;
        while (reader.TryRead(out var next))
        {
            var step = Take(next, output);
            if (step is StreamStep.Terminal or StreamStep.Failed) return step;
            if (step is StreamStep.Content) best = step;
        }

        return best;
    }

    private StreamStep ReadEnd(IBufferWriter<byte> output)
    {
        var step = reader.TryReadLast(out var last) ? Take(last, output) : StreamStep.Preamble;
        if (step is StreamStep.Terminal or StreamStep.Failed) return step;
        step = translation.End(output);
        if (step is StreamStep.Failed) Error = translation.Error;
        return step is StreamStep.Terminal or StreamStep.Failed ? step : Fail(TransportErrors.EndedEarly);
    }

    private StreamStep Take(in SseEvent next, IBufferWriter<byte> output)
    {
        if (next.Data.IsEmpty)
        {
            // A comment keeps the connection alive in any dialect, the client's included.
            if (next.Raw.Span[0] == ':') output.Write(next.Raw.Span);
            return StreamStep.Preamble;
        }

        var step = translation.Next(next, output);
        if (step is StreamStep.Failed) Error = translation.Error;
        return step;
    }

    private StreamStep Fail(GatewayError error)
    {
        Error = error;
        return StreamStep.Failed;
    }
}
