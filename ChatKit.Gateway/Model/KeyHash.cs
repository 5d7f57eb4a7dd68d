using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace ChatKit.Gateway.Model;

/// <summary>
/// What is known of a key here: the SHA-256 of its whole text. A value, so that looking a key up takes no memory; as text it is the lower-hex that the database holds.
/// </summary>
[InlineArray(Size)]
internal struct KeyHash : IEquatable<KeyHash>
{
    public const int Size = SHA256.HashSizeInBytes;

    /// <summary>No key is longer, in characters: what is, is nobody's.</summary>
    public const int LongestKey = 512;

    private byte _first;

    public static KeyHash Of(ReadOnlySpan<char> key)
    {
        Span<byte> text = stackalloc byte[LongestKey * 3];
        var hash = default(KeyHash);
        SHA256.HashData(text[..Encoding.UTF8.GetBytes(key, text)], hash);
        return hash;
    }

    /// <summary>False for what is no hash: 64 hexadecimal digits.</summary>
    public static bool TryParse(ReadOnlySpan<char> hex, out KeyHash hash)
    {
        hash = default;
        return hex.Length == Size * 2 && Convert.FromHexString(hex, hash, out _, out var written) is System.Buffers.OperationStatus.Done && written == Size;
    }

    public readonly bool Equals(KeyHash other) => ((ReadOnlySpan<byte>)this).SequenceEqual(other);

    public override readonly bool Equals(object? obj) => obj is KeyHash other && Equals(other);

    /// <summary>Any four of its bytes are as good as a hash of all.</summary>
    public override readonly int GetHashCode() => MemoryMarshal.Read<int>(this);

    public override readonly string ToString() => Convert.ToHexStringLower(this);
}
