namespace ChatKit.Gateway.Providers.Translation;

/// <summary>A file inside a request: <c>data:image/png;base64,iVBORw0…</c> (https://www.rfc-editor.org/rfc/rfc2397). Only base64, as every provider asks.</summary>
internal readonly record struct DataUrl(string MediaType, string Base64)
{
    public static bool TryParse(string? url, out DataUrl parsed)
    {
        parsed = default;
        if (url?.StartsWith("data:", StringComparison.OrdinalIgnoreCase) is not true) return false;
        var comma = url.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0 || !url.AsSpan(0, comma).EndsWith(";base64", StringComparison.OrdinalIgnoreCase)) return false;
        var mediaType = url[5..(comma - ";base64".Length)].Split(';')[0].Trim();
        parsed = new DataUrl(mediaType.Equals("image/jpg", StringComparison.OrdinalIgnoreCase) ? "image/jpeg" : mediaType.ToLowerInvariant(), url[(comma + 1)..]);
        return true;
    }
}
