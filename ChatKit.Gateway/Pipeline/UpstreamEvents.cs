using System.Buffers;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Providers;
using ChatKit.Gateway.Wire.Sse;

namespace ChatKit.Gateway.Pipeline;

/// <summary>A streamed answer on its way through: bytes in, events of the client's dialect out, as many as each read completes.</summary>
internal sealed class UpstreamEvents(UpstreamResponse response, IEventReader reader, IAnswerStream translation) : IDisposable
{
    private const int MostHeldComments = 4 * 1024;

    private int _heldComments;

    public AnswerFacts Facts => translation.Facts;

    /// <summary>Pieces of the answer itself that came.</summary>
    public int Pieces { get; private set; }

    public bool HasContent => Pieces > 0;

    /// <summary>Set once <see cref="StreamStep.Failed"/> was returned.</summary>
    public GatewayError? Error { get; private set; }

    /// <summary>Waits for the next bytes. Nothing is written meanwhile, so that somebody else may.</summary>
    /// <param name="rests">True where the wait will be long: no memory is kept for it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public ValueTask<int> WaitAsync(bool rests, CancellationToken cancellationToken) =>
        rests && reader.TryRest() ? RestAsync(cancellationToken) : response.ReadAsync(reader.GetMemory(), cancellationToken);

    /// <summary>Writes what the bytes complete. The best of their events is the result; an end without the dialect's terminal is a failure.</summary>
    public StreamStep Take(int count, IBufferWriter<byte> output)
    {
        if (count == 0) return ReadEnd(output);
        reader.Advance(count);
        var step = ReadEvents(output);
        return reader.IsFull && step is StreamStep.Preamble or StreamStep.Content ? Fail(TransportErrors.TooLarge) : step;
    }

    public void Dispose() => reader.Dispose();

    /// <summary>A read into no memory ends when there is something to read.</summary>
    private async ValueTask<int> RestAsync(CancellationToken cancellationToken)
    {
        await response.ReadAsync(Memory<byte>.Empty, cancellationToken);
        return await response.ReadAsync(reader.GetMemory(), cancellationToken);
    }

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
        // It came without the blank line that ends an event, and what follows it is another.
        if (step is StreamStep.Content) output.Write("\n\n"u8);
        if (step is StreamStep.Preamble or StreamStep.Content) step = Note(translation.End(output));
        return step is StreamStep.Terminal or StreamStep.Failed ? step : Fail(TransportErrors.EndedEarly);
    }

    private StreamStep Take(in SseEvent next, IBufferWriter<byte> output)
    {
        if (!next.Data.IsEmpty) return Note(translation.Next(next, output));
        // A comment keeps the connection alive in any dialect, the client's included. Before the first content it is held back with the rest, and a provider
        // that comments on and on must not fill memory.
        if (next.Raw.Span[0] == ':' && (HasContent || (_heldComments += next.Raw.Length) <= MostHeldComments)) output.Write(next.Raw.Span);
        return StreamStep.Preamble;
    }

    private StreamStep Note(StreamStep step)
    {
        if (step is StreamStep.Content) Pieces++;
        if (step is StreamStep.Failed) Error = translation.Error;
        return step;
    }

    private StreamStep Fail(GatewayError error)
    {
        Error = error;
        return StreamStep.Failed;
    }
}
