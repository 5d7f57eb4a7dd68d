using System.Buffers.Binary;

namespace ChatKit.Gateway.Providers.Bedrock;

/// <summary>
/// The headers of an event stream message, one after the other: length and name, a byte for the type of the value, the value. Values of types that have no
/// text are passed over.
/// </summary>
internal readonly struct EventStreamHeaders(ReadOnlyMemory<byte> bytes)
{
    private const byte ByteArray = 6;
    private const byte Text = 7;

    /// <summary>The size of values that have no length of their own: true, false, byte, short, int, long; timestamp, UUID.</summary>
    private static ReadOnlySpan<byte> Sizes => [0, 0, 1, 2, 4, 8, 0, 0, 8, 16];

    public IEnumerator<(ReadOnlyMemory<byte> Name, ReadOnlyMemory<byte> Value)> GetEnumerator()
    {
        var rest = bytes;
        while (!rest.IsEmpty)
        {
            var name = Take(ref rest, Take(ref rest, 1).Span[0]);
            var type = Take(ref rest, 1).Span[0];
            if (type >= Sizes.Length) throw new InvalidDataException("An event stream header has a type that is not known.");
            var value = Take(ref rest, type is Text or ByteArray ? BinaryPrimitives.ReadUInt16BigEndian(Take(ref rest, 2).Span) : Sizes[type]);
            if (type is Text) yield return (name, value);
        }
    }

    private static ReadOnlyMemory<byte> Take(ref ReadOnlyMemory<byte> rest, int count)
    {
        if (count > rest.Length) throw new InvalidDataException("An event stream header goes beyond its message.");
        var taken = rest[..count];
        rest = rest[count..];
        return taken;
    }
}
