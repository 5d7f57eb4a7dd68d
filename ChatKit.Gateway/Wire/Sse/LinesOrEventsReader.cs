namespace ChatKit.Gateway.Wire.Sse;

/// <summary>For a server that streams lines on one path and server-sent events on another: the first byte tells, since a line of JSON opens with its brace.</summary>
internal sealed class LinesOrEventsReader : IEventReader
{
    private readonly byte[] _first = new byte[1];
    private IEventReader? _reader;

    public bool IsFull => _reader?.IsFull is true;

    public Memory<byte> GetMemory() => _reader?.GetMemory() ?? _first;

    public void Advance(int count)
    {
        if (_reader is not null)
        {
            _reader.Advance(count);
            return;
        }

        _reader = _first[0] == '{' ? new LinesReader() : new SseReader();
        _reader.GetMemory().Span[0] = _first[0];
        _reader.Advance(1);
    }

    public bool TryRead(out SseEvent next)
    {
        next = default;
        return _reader?.TryRead(out next) is true;
    }

    public bool TryReadLast(out SseEvent last)
    {
        last = default;
        return _reader?.TryReadLast(out last) is true;
    }

    public void Dispose() => _reader?.Dispose();
}
