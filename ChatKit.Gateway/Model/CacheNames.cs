using System.Buffers;

namespace ChatKit.Gateway.Model;

/// <summary>What may stand before a key of the cache: it goes into a header, and into the names of a Redis that others may use too.</summary>
internal static class CacheNames
{
    private const int Longest = 64;

    private static readonly SearchValues<char> Characters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:/");

    public static bool IsNamespace(string text) => text.Length is > 0 and <= Longest && !text.AsSpan().ContainsAnyExcept(Characters);
}
