using System.Buffers;

namespace ChatKit.Gateway.Wire.Sse;

/// <summary>No framing: whatever came is one event, at once. For sound and text that pass unread.</summary>
internal sealed class PassingReader : IEventReader
{
    private const int Size = 16 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(Size);
    private int _count;

    public bool IsFull => false;

    public Memory<byte> GetMemory() => _buffer;

    public void Advance(int count) => _count = count;

    public bool TryRead(out SseEvent next)
    {
        var bytes = _buffer.AsMemory(0, _count);
        next = new SseEvent(default, bytes, bytes);
        _count = 0;
        return !bytes.IsEmpty;
    }

    public bool TryReadLast(out SseEvent last) => TryRead(out last);

    public void Dispose()
    {
        var buffer = _buffer;
        _buffer = [];
        if (buffer.Length > 0) ArrayPool<byte>.Shared.Return(buffer);
    }
}
