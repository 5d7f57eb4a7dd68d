using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.Sse;

namespace ChatKit.Gateway.Providers.Bedrock;

/// <summary>
/// AWS's binary event framing, <c>application/vnd.amazon.eventstream</c> (https://smithy.io/2.0/aws/amazon-eventstream.html). A message is its length, the length
/// of its headers, a checksum of both, headers, payload, and a checksum of all:
/// <code>
/// 00 00 00 A4 | 00 00 00 52 | CRC | 0B :event-type 07 00 11 contentBlockDelta … | {"contentBlockIndex":0,"delta":{"text":"Hi"}} | CRC
/// </code>
/// An event's type is its <c>:event-type</c>, an exception's its <c>:exception-type</c>; both end in a JSON payload.
/// </summary>
internal sealed class EventStreamReader(int maxMessageBytes = SseReader.DefaultMaxEventBytes) : IEventReader
{
    private const int PreludeBytes = 12;
    private const int ChecksumBytes = 4;
    private const int InitialSize = 8 * 1024;
    private const int MinimumRead = 2 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(InitialSize);
    private int _start;
    private int _end;

    public bool IsFull => _end - _start >= maxMessageBytes;

    public Memory<byte> GetMemory()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_buffer.Length - _end < MinimumRead)
        {
            var larger = ArrayPool<byte>.Shared.Rent(checked(_buffer.Length * 2));
            _buffer.AsSpan(0, _end).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        return _buffer.AsMemory(_end);
    }

    public void Advance(int count) => _end += count;

    public bool TryRead(out SseEvent next)
    {
        next = default;
        var available = _buffer.AsSpan(_start, _end - _start);
        if (available.Length < PreludeBytes) return false;
        var (total, headers) = Prelude(available);
        if (available.Length < total) return false;
        Check(available[..(total - ChecksumBytes)], available[(total - ChecksumBytes)..total], "message");
        next = Read(_buffer.AsMemory(_start, total), headers);
        _start += total;
        return true;
    }

    /// <summary>A message that is not whole is none.</summary>
    public bool TryReadLast(out SseEvent last)
    {
        last = default;
        return false;
    }

    public void Dispose()
    {
        var buffer = _buffer;
        _buffer = [];
        if (buffer.Length > 0) ArrayPool<byte>.Shared.Return(buffer);
    }

    private (int Total, int Headers) Prelude(ReadOnlySpan<byte> available)
    {
        Check(available[..8], available[8..PreludeBytes], "prelude");
        var (total, headers) = (BinaryPrimitives.ReadUInt32BigEndian(available), BinaryPrimitives.ReadUInt32BigEndian(available[4..]));
        if (total > maxMessageBytes || headers > total || total - headers < PreludeBytes + ChecksumBytes) throw new InvalidDataException("The lengths of an event stream message do not add up.");
        return ((int)total, (int)headers);
    }

    private static void Check(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> checksum, string what)
    {
        if (Crc32.HashToUInt32(bytes) != BinaryPrimitives.ReadUInt32BigEndian(checksum)) throw new InvalidDataException($"The checksum of an event stream {what} is wrong.");
    }

    private static SseEvent Read(ReadOnlyMemory<byte> message, int headersLength)
    {
        var payload = message[(PreludeBytes + headersLength)..^ChecksumBytes];
        ReadOnlyMemory<byte> type = default, error = default;
        foreach (var (name, value) in new EventStreamHeaders(message.Slice(PreludeBytes, headersLength)))
        {
            if (name.Span.SequenceEqual(":event-type"u8) || name.Span.SequenceEqual(":exception-type"u8) || name.Span.SequenceEqual(":error-code"u8)) type = value;
            else if (name.Span.SequenceEqual(":error-message"u8)) error = value;
        }

        // An error outside the service's model has its text in a header and no payload.
        return new SseEvent(type, error.IsEmpty || !payload.IsEmpty ? payload : AsJson(error.Span), message);
    }

    private static byte[] AsJson(ReadOnlySpan<byte> text)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json, JsonText.Plain))
        {
            writer.WriteStartObject();
            writer.WriteString("message"u8, Encoding.UTF8.GetString(text));
            writer.WriteEndObject();
        }

        return json.WrittenSpan.ToArray();
    }
}
