namespace ChatKit.Backend.Agent;

/// <summary>Pictures in answers come as <c>data:image/png;base64,…</c> (RFC 2397). Any other address is not fetched.</summary>
internal static class DataUrl
{
    private const string Scheme = "data:";

    public static Picture? Read(string? address)
    {
        if (address?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) is not true || address.IndexOf(',', StringComparison.Ordinal) is not (> 0 and var comma))
            return null;
        var head = address[Scheme.Length..comma].Split(';');
        var bytes = new byte[((address.Length - comma) / 4 * 3) + 3];
        return head[^1] == "base64" && Convert.TryFromBase64Chars(address.AsSpan(comma + 1), bytes, out var length) ? new Picture(bytes[..length], head[0]) : null;
    }
}
