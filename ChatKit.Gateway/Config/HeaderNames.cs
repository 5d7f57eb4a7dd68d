using System.Buffers;

namespace ChatKit.Gateway.Config;

/// <summary>What may stand in an HTTP header (RFC 9110 §5), checked when the file is read instead of when a call fails.</summary>
internal static class HeaderNames
{
    private static readonly SearchValues<char> _token = SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    public static bool IsValid(string name) => name.Length > 0 && !name.AsSpan().ContainsAnyExcept(_token);

    /// <summary>Printable ASCII and spaces: what every server reads the same way.</summary>
    public static bool IsValidValue(string value) => !value.AsSpan().ContainsAnyExceptInRange(' ', '~');
}
