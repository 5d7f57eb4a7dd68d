using System.IO.Compression;
using System.Net.Http.Headers;
using ChatKit.Gateway.Errors;

namespace ChatKit.Gateway.Providers;

/// <summary>
/// Takes the compression off an answer. None is asked for (<c>Accept-Encoding: identity</c>), and yet some servers, or the proxies before them, compress
/// whatever they send (https://www.rfc-editor.org/rfc/rfc9110#field.content-encoding).
/// </summary>
internal static class ContentCoding
{
    public static Stream Decode(Stream body, HttpContentHeaders headers)
    {
        if (!headers.NonValidated.TryGetValues("Content-Encoding", out var values)) return body;
        // The last one was applied last.
        foreach (var coding in values.SelectMany(static value => value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Reverse())
            body = Decode(body, coding);
        return body;
    }

    private static Stream Decode(Stream body, string coding) => coding.ToLowerInvariant() switch
    {
        "identity" => body,
        "gzip" or "x-gzip" => new GZipStream(body, CompressionMode.Decompress),
        "deflate" => new ZLibStream(body, CompressionMode.Decompress),
        "br" => new BrotliStream(body, CompressionMode.Decompress),
        _ => throw new UnknownCodingException(),
    };
}
