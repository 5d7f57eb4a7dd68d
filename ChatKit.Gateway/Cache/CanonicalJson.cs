using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Cache;

/// <summary>
/// JSON in one spelling: members in the order of their names, no white space, text without escapes, numbers by their value. Two requests that mean the same have the
/// same bytes here, and two that do not, have not: every piece stands behind its kind and its length.
/// </summary>
internal static class CanonicalJson
{
    /// <summary>Writes a value that was checked before.</summary>
    public static void Write(ReadOnlySpan<byte> json, IBufferWriter<byte> output)
    {
        switch (json[0])
        {
            case (byte)'{':
                var members = new List<JsonMember>();
                JsonMembers.Read(json, members);
                WriteObject(json, members, output);
                break;
            case (byte)'[':
                var elements = new List<JsonMember>();
                JsonMembers.ReadElements(json, elements);
                WriteHead((byte)'[', elements.Count, output);
                foreach (var element in elements) Write(element.Value(json), output);
                break;
            case (byte)'"':
                WritePiece((byte)'"', Text(json), output);
                break;
            case (byte)'t' or (byte)'f' or (byte)'n':
                WritePiece((byte)'=', json, output);
                break;
            default:
                WriteNumber(json, output);
                break;
        }
    }

    /// <summary>Writes some of an object's members.</summary>
    public static void WriteObject(ReadOnlySpan<byte> json, IReadOnlyList<JsonMember> members, IBufferWriter<byte> output)
    {
        var named = new (byte[] Name, JsonMember Member)[members.Count];
        for (var i = 0; i < named.Length; i++) named[i] = (Text(json[members[i].NameStart..members[i].NameEnd]), members[i]);
        // Stable, so that of two members of one name the order still counts, as it does for whoever reads them.
        foreach (var (name, member) in named.OrderBy(static entry => entry.Name, ByteOrder.Instance))
        {
            WritePiece((byte)':', name, output);
            Write(member.Value(json), output);
        }

        WriteHead((byte)'}', named.Length, output);
    }

    /// <summary>Writes text that does not stand in the JSON.</summary>
    public static void WritePiece(byte kind, ReadOnlySpan<byte> bytes, IBufferWriter<byte> output)
    {
        WriteHead(kind, bytes.Length, output);
        output.Write(bytes);
    }

    private static void WriteHead(byte kind, int count, IBufferWriter<byte> output)
    {
        var head = output.GetSpan(5);
        head[0] = kind;
        BinaryPrimitives.WriteInt32LittleEndian(head[1..], count);
        output.Advance(5);
    }

    /// <summary><c>1</c>, <c>1.0</c> and <c>1e0</c> are one number. What a double cannot tell apart is left as it is spelt.</summary>
    private static void WriteNumber(ReadOnlySpan<byte> json, IBufferWriter<byte> output)
    {
        const int ExactDigits = 17;
        Span<byte> spelt = stackalloc byte[32];
        var value = 0.0;
        if (json.Length <= ExactDigits && double.TryParse(json, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && value.TryFormat(spelt, out var length, "R", CultureInfo.InvariantCulture))
            WritePiece((byte)'#', spelt[..length], output);
        else WritePiece((byte)'#', json, output);
    }

    /// <summary>The text of a string; as it is spelt where it holds half of a surrogate pair, which is no text.</summary>
    private static byte[] Text(ReadOnlySpan<byte> quoted)
    {
        var reader = new Utf8JsonReader(quoted);
        reader.Read();
        if (!reader.ValueIsEscaped) return reader.ValueSpan.ToArray();
        var text = new byte[reader.ValueSpan.Length];
        try
        {
            return text[..reader.CopyString(text)];
        }
        catch (InvalidOperationException)
        {
            return quoted.ToArray();
        }
    }

    private sealed class ByteOrder : IComparer<byte[]>
    {
        public static ByteOrder Instance { get; } = new();

        public int Compare(byte[]? x, byte[]? y) => x.AsSpan().SequenceCompareTo(y);
    }
}
