using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text.Json;
using ChatKit.Gateway.Wire;

namespace ChatKit.Gateway.Spend.Journal;

/// <summary>
/// A settlement as it lies in a segment: four bytes of length, four of CRC-32 over what follows, then the record as JSON. Numbers are little-endian. A frame that a
/// crash cut short, or power loss left blank, fails its sum and ends the segment.
/// </summary>
internal static class JournalFrame
{
    /// <summary>A segment's first bytes: its format.</summary>
    public static ReadOnlySpan<byte> Magic => "CKSPEND1"u8;

    private const int Head = 8;

    /// <summary>Longer than any record can be: what claims more is damaged.</summary>
    private const int Longest = 16 * 1024 * 1024;

    public static void Write(SpendRecord record, PooledBuffer output)
    {
        var start = output.WrittenCount;
        output.GetSpan(Head);
        output.Advance(Head);
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { SkipValidation = true }))
            JsonSerializer.Serialize(json, record, SpendJson.Default.SpendRecord);
        var frame = output.WrittenSpan[start..];
        Span<byte> head = stackalloc byte[Head];
        BinaryPrimitives.WriteInt32LittleEndian(head, frame.Length - Head);
        BinaryPrimitives.WriteUInt32LittleEndian(head[4..], Crc32.HashToUInt32(frame[Head..]));
        output.Overwrite(start, head);
    }

    /// <summary>Cuts the next record off; false at the end, and where the rest is damaged.</summary>
    public static bool TryRead(ref ReadOnlySpan<byte> bytes, out SpendRecord? record)
    {
        record = null;
        if (bytes.Length < Head) return false;
        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        if (length is <= 0 or > Longest || length > bytes.Length - Head) return false;
        var json = bytes.Slice(Head, length);
        if (Crc32.HashToUInt32(json) != BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..])) return false;
        record = JsonSerializer.Deserialize(json, SpendJson.Default.SpendRecord);
        bytes = bytes[(Head + length)..];
        return record is not null;
    }
}
