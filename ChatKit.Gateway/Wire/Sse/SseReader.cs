using System.Buffers;

namespace ChatKit.Gateway.Wire.Sse;

/// <summary>
/// Cuts a byte stream into server-sent events, wherever the chunks of the stream begin and end. The caller fills <see cref="GetMemory"/>, says how much
/// with <see cref="Advance"/>, and takes events until <see cref="TryRead"/> has no more. An event that lies in one piece costs no copy and no
/// allocation. A block with no data (a comment, by which servers keep a connection alive) is an event with empty data.
/// </summary>
internal sealed class SseReader(int maxEventBytes = SseReader.DefaultMaxEventBytes) : IEventReader
{
    /// <summary>An image inside an event has a few megabytes; nothing honest has more than this.</summary>
    public const int DefaultMaxEventBytes = 16 * 1024 * 1024;

    private const int InitialSize = 4 * 1024;
    private const int MinimumRead = 2 * 1024;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(InitialSize);
    private PooledBuffer? _joined;
    private int _end;
    private int _event;
    private int _line;
    private int _scanned;
    private bool _atStart = true;
    private bool _afterCarriageReturn;
    private Range _type;
    private Range _data;
    private int _dataLines;

    /// <summary>True where an event has outgrown the limit; nothing more can be read then.</summary>
    public bool IsFull => _end - _event >= maxEventBytes;

    /// <summary>Room for the next bytes of the stream. Events read before lose their memory.</summary>
    public Memory<byte> GetMemory()
    {
        if (_buffer.Length == 0) _buffer = ArrayPool<byte>.Shared.Rent(InitialSize);
        else if (_event == _end) Shift();
        else if (_buffer.Length - _end < MinimumRead) MakeRoom();
        return _buffer.AsMemory(_end);
    }

    public void Advance(int count) => _end += count;

    public bool TryRest()
    {
        if (_event != _end || _buffer.Length == 0) return false;
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _event = _line = _scanned = _end = 0;
        return true;
    }

    /// <summary>Takes the next complete event.</summary>
    public bool TryRead(out SseEvent next)
    {
        while (TryFindLine(out var lineEnd, out var nextLine))
        {
            if (_line == lineEnd && TryComplete(nextLine, out next)) return true;
            if (_line < lineEnd) ReadLine(_buffer.AsSpan(_line, lineEnd - _line));
            _line = _scanned = nextLine;
        }

        next = default;
        return false;
    }

    /// <summary>
    /// At the end of the stream: the event that lacks only its blank line. The standard drops it; servers that end right behind <c>[DONE]</c> are
    /// common, and one cut in the middle does not parse anyway.
    /// </summary>
    public bool TryReadLast(out SseEvent last)
    {
        if (_line < _end) ReadLine(_buffer.AsSpan(_line, _end - _line));
        _line = _scanned = _end;
        return TryComplete(_end, out last);
    }

    public void Dispose()
    {
        var buffer = _buffer;
        _buffer = [];
        if (buffer.Length > 0) ArrayPool<byte>.Shared.Return(buffer);
        _joined?.Dispose();
        _joined = null;
    }

    private bool TryFindLine(out int lineEnd, out int nextLine)
    {
        SkipLineFeedOfPair();
        var found = _buffer.AsSpan(_scanned, _end - _scanned).IndexOfAny((byte)'\r', (byte)'\n');
        if (found < 0)
        {
            _scanned = _end;
            lineEnd = nextLine = 0;
            return false;
        }

        lineEnd = _scanned + found;
        nextLine = lineEnd + 1;
        if (_buffer[lineEnd] == '\r')
        {
            // A CR ends the line now: its LF may be long in coming, and an event must not wait for it.
            if (nextLine == _end) _afterCarriageReturn = true;
            else if (_buffer[nextLine] == '\n') nextLine++;
        }

        return true;
    }

    private void SkipLineFeedOfPair()
    {
        if (!_afterCarriageReturn || _line == _end) return;
        _afterCarriageReturn = false;
        if (_buffer[_line] != '\n') return;
        if (_event == _line) _event++;
        _line++;
        _scanned = _line;
    }

    private void ReadLine(ReadOnlySpan<byte> line)
    {
        if (_atStart && line.StartsWith(ByteOrderMark))
        {
            _event = _line += ByteOrderMark.Length;
            line = line[ByteOrderMark.Length..];
        }

        _atStart = false;
        var colon = line.IndexOf((byte)':');
        var name = colon < 0 ? line : line[..colon];
        var value = colon < 0 ? line.Length : colon + 1;
        if (value < line.Length && line[value] == ' ') value++;
        var range = new Range(_line - _event + value, _line - _event + line.Length);
        if (name.SequenceEqual("data"u8)) AddData(range);
        else if (name.SequenceEqual("event"u8)) _type = range;
    }

    /// <summary>Ranges count from the start of the event, so that they hold when the buffer moves.</summary>
    private void AddData(Range range)
    {
        if (_dataLines++ == 0)
        {
            _data = range;
            return;
        }

        _joined ??= new PooledBuffer();
        if (_dataLines == 2)
        {
            _joined.Clear();
            _joined.Write(Slice(_data).Span);
        }

        _joined.Write("\n"u8);
        _joined.Write(Slice(range).Span);
    }

    /// <summary>A blank line ends the event, unless nothing stood before it.</summary>
    private bool TryComplete(int end, out SseEvent completed)
    {
        _atStart = false;
        if (_event == _line && _dataLines == 0)
        {
            _event = _line = _scanned = end;
            completed = default;
            return false;
        }

        var data = _dataLines > 1 ? _joined!.WrittenMemory : Slice(_data);
        completed = new SseEvent(Slice(_type), data, _buffer.AsMemory(_event, end - _event));
        _event = _line = _scanned = end;
        _type = _data = default;
        _dataLines = 0;
        return true;
    }

    private ReadOnlyMemory<byte> Slice(Range range) => _buffer.AsMemory(_event + range.Start.Value, range.End.Value - range.Start.Value);

    private void MakeRoom()
    {
        if (_event > 0 && _end - _event <= _buffer.Length / 2)
        {
            Shift();
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(checked(_buffer.Length * 2));
        _buffer.AsSpan(0, _end).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    private void Shift()
    {
        _buffer.AsSpan(_event, _end - _event).CopyTo(_buffer);
        _end -= _event;
        _line -= _event;
        _scanned -= _event;
        _event = 0;
    }
}
