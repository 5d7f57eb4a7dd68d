using System.Buffers;

namespace ChatKit.Gateway.Wire.Sse;

/// <summary>Cuts a byte stream into lines, each an event: newline-delimited JSON (https://github.com/ndjson/ndjson-spec). Blank lines are none.</summary>
internal sealed class LinesReader : IEventReader
{
    private const int InitialSize = 8 * 1024;
    private const int MinimumRead = 2 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(InitialSize);
    private int _start;
    private int _scanned;
    private int _end;

    public bool IsFull => _end - _start >= SseReader.DefaultMaxEventBytes;

    public Memory<byte> GetMemory()
    {
        if (_buffer.Length - _end < MinimumRead) MakeRoom();
        return _buffer.AsMemory(_end);
    }

    public void Advance(int count) => _end += count;

    public bool TryRead(out SseEvent next)
    {
        while (_buffer.AsSpan(_scanned, _end - _scanned).IndexOf((byte)'\n') is var found and >= 0)
        {
            var line = _buffer.AsMemory(_start, _scanned + found - _start);
            _start = _scanned = _scanned + found + 1;
            if (TryTake(line, out next)) return true;
        }

        _scanned = _end;
        next = default;
        return false;
    }

    public bool TryReadLast(out SseEvent last)
    {
        var line = _buffer.AsMemory(_start, _end - _start);
        _start = _scanned = _end;
        return TryTake(line, out last);
    }

    public void Dispose()
    {
        var buffer = _buffer;
        _buffer = [];
        if (buffer.Length > 0) ArrayPool<byte>.Shared.Return(buffer);
    }

    private static bool TryTake(ReadOnlyMemory<byte> line, out SseEvent taken)
    {
        var data = line.Trim(" \r\t"u8);
        taken = new SseEvent(default, data, line);
        return !data.IsEmpty;
    }

    private void MakeRoom()
    {
        var length = _end - _start;
        var target = length > _buffer.Length / 2 ? ArrayPool<byte>.Shared.Rent(checked(_buffer.Length * 2)) : _buffer;
        _buffer.AsSpan(_start, length).CopyTo(target);
        if (target != _buffer) ArrayPool<byte>.Shared.Return(_buffer);
        (_buffer, _scanned, _start, _end) = (target, _scanned - _start, 0, length);
    }
}
