using System.Buffers.Binary;
using System.Text;

namespace ChatKit.Testing.Otlp;

/// <summary>
/// Walks the fields of one protocol buffers message (https://protobuf.dev/programming-guides/encoding/), so that the receiver needs no generated
/// code for the handful of OTLP fields that tests look at.
/// </summary>
internal ref struct ProtoReader(ReadOnlySpan<byte> message)
{
    private ReadOnlySpan<byte> _rest = message;
    private int _wireType;

    /// <summary>The number of the field that <see cref="Next"/> stopped at. Its value must be read, or skipped, before the next step.</summary>
    public int Field { get; private set; }

    public bool Next()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        var tag = Varint();
        Field = (int)(tag >> 3);
        _wireType = (int)(tag & 7);
        return true;
    }

    public ReadOnlySpan<byte> Bytes()
    {
        var length = (int)Varint();
        var value = _rest[..length];
        _rest = _rest[length..];
        return value;
    }

    public string Text() => Encoding.UTF8.GetString(Bytes());

    public string Hex() => Convert.ToHexStringLower(Bytes());

    public ulong Varint()
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var part = _rest[0];
            _rest = _rest[1..];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
    }

    public ulong Fixed64()
    {
        var value = BinaryPrimitives.ReadUInt64LittleEndian(_rest);
        _rest = _rest[8..];
        return value;
    }

    public double Double() => BitConverter.UInt64BitsToDouble(Fixed64());

    public void Skip()
    {
        switch (_wireType)
        {
            case 0: Varint(); break;
            case 1: _rest = _rest[8..]; break;
            case 2: Bytes(); break;
            case 5: _rest = _rest[4..]; break;
            default: throw new FormatException($"wire type {_wireType}");
        }
    }
}
