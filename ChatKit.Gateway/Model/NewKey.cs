using System.Buffers.Text;
using System.Security.Cryptography;

namespace ChatKit.Gateway.Model;

/// <summary>What a virtual key looks like: <c>sk-</c> and 22 characters that may stand in an address, 128 bits of chance.</summary>
internal static class NewKey
{
    public const string Prefix = "sk-";

    /// <summary>Shorter ones, which people choose, can be guessed.</summary>
    public const int Shortest = 16;

    public static string Make()
    {
        Span<byte> chance = stackalloc byte[16];
        RandomNumberGenerator.Fill(chance);
        return Prefix + Base64Url.EncodeToString(chance);
    }

    /// <summary>What of it may be shown.</summary>
    public static string NameOf(string key) => $"{Prefix}...{key[^4..]}";

    /// <summary>True for one that somebody may choose: printable, without spaces, not too short to guess and not too long to look up.</summary>
    public static bool IsValid(string key) =>
        key.StartsWith(Prefix, StringComparison.Ordinal) && key.Length is >= Shortest and <= KeyHash.LongestKey && !key.AsSpan().ContainsAnyExceptInRange('!', '~');

    /// <summary>The hash of a key, or the hash that somebody names it by.</summary>
    public static string TokenOf(string keyOrHash) =>
        keyOrHash.StartsWith(Prefix, StringComparison.Ordinal) && keyOrHash.Length <= KeyHash.LongestKey ? KeyHash.Of(keyOrHash).ToString() : keyOrHash.ToLowerInvariant();
}
