namespace ChatKit.Gateway.Wire.Sse;

/// <summary>
/// Cuts the bytes of a streamed answer into events, wherever the chunks of the stream begin and end. The caller fills <see cref="GetMemory"/>, says how
/// much with <see cref="Advance"/>, and takes events until <see cref="TryRead"/> has no more.
/// </summary>
internal interface IEventReader : IDisposable
{
    /// <summary>True where an event has outgrown the limit; nothing more can be read then.</summary>
    bool IsFull { get; }

    /// <summary>Gives back the memory until the next bytes come, where nothing lies in it. False where something does, or the reader cannot.</summary>
    bool TryRest() => false;

    /// <summary>Room for the next bytes of the stream. Events read before lose their memory.</summary>
    Memory<byte> GetMemory();

    void Advance(int count);

    /// <summary>Takes the next complete event. <see cref="InvalidDataException"/> where the bytes are not the format's.</summary>
    bool TryRead(out SseEvent next);

    /// <summary>At the end of the stream: what lies there and lacks only its terminator.</summary>
    bool TryReadLast(out SseEvent last);
}
