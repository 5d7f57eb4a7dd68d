using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ChatKit.Gateway.Providers.Aws;

/// <summary>
/// AWS Signature Version 4 (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html). AWS's own signer is internal to its
/// HTTP stack, which cannot stream answers the way the gateway relays them; this one is held to AWS's published test vectors.
/// </summary>
internal static class SigV4
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    private static readonly SearchValues<byte> Unreserved = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~"u8);

    /// <summary>The value of <c>Authorization</c>. Every header given is signed; <c>host</c> and <c>x-amz-date</c> must be among them.</summary>
    public static string Authorize(SigV4Request request, AwsKeys keys, SigV4Scope scope, DateTimeOffset at)
    {
        var headers = request.Headers
            .GroupBy(static header => header.Key.ToLowerInvariant(), static header => OneSpaced(header.Value))
            .OrderBy(static group => group.Key, StringComparer.Ordinal)
            .ToList();
        var signed = string.Join(';', headers.Select(static header => header.Key));
        var canonical = string.Join(
            '\n',
            request.Method,
            Path(request.Path),
            Query(request.Query),
            string.Concat(headers.Select(static header => $"{header.Key}:{string.Join(',', header)}\n")),
            signed,
            request.BodyHash);
        var day = at.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var credential = $"{day}/{scope.Region}/{scope.Service}/aws4_request";
        var toSign = $"{Algorithm}\n{Timestamp(at)}\n{credential}\n{Hash(Encoding.UTF8.GetBytes(canonical))}";
        var signature = Convert.ToHexStringLower(Hmac(SigningKey(keys.SecretAccessKey, day, scope), toSign));
        return $"{Algorithm} Credential={keys.AccessKeyId}/{credential}, SignedHeaders={signed}, Signature={signature}";
    }

    /// <summary>The value of <c>x-amz-date</c>.</summary>
    public static string Timestamp(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    /// <summary>SHA-256 in lower hex, as bodies stand in the signature.</summary>
    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>The path as it stands on the wire is encoded once more, which every service but S3 asks for: <c>%3A</c> of an ARN becomes <c>%253A</c>.</summary>
    private static string Path(string path) => path.Length == 0 ? "/" : string.Join('/', path.Split('/').Select(Encode));

    private static string Query(string query)
    {
        if (query.Length == 0) return "";
        var parameters = query.Split('&').Select(static pair => pair.Split('=', 2)).Select(static pair => (Name: Reencode(pair[0]), Value: pair.Length > 1 ? Reencode(pair[1]) : ""));
        return string.Join('&', parameters.OrderBy(static pair => pair.Name, StringComparer.Ordinal).ThenBy(static pair => pair.Value, StringComparer.Ordinal).Select(static pair => $"{pair.Name}={pair.Value}"));
    }

    private static string Reencode(string text) => Encode(Uri.UnescapeDataString(text));

    private static string Encode(string text)
    {
        var encoded = new StringBuilder(text.Length);
        foreach (var unit in Encoding.UTF8.GetBytes(text))
        {
            if (Unreserved.Contains(unit)) encoded.Append((char)unit);
            else encoded.Append('%').Append(unit.ToString("X2", CultureInfo.InvariantCulture));
        }

        return encoded.ToString();
    }

    private static string OneSpaced(string value) => string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static byte[] SigningKey(string secret, string day, SigV4Scope scope) =>
        Hmac(Hmac(Hmac(Hmac(Encoding.UTF8.GetBytes($"AWS4{secret}"), day), scope.Region), scope.Service), "aws4_request");

    private static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}

/// <summary>What is signed of a request. Path and query are as they stand on the wire, the query without its <c>?</c>.</summary>
internal sealed record SigV4Request(string Method, string Path, string Query, IReadOnlyList<KeyValuePair<string, string>> Headers, string BodyHash);

/// <summary>Where a signature holds.</summary>
internal sealed record SigV4Scope(string Region, string Service);

/// <summary>The keys of the moment; with a session token where they were lent.</summary>
internal sealed record AwsKeys(string AccessKeyId, string SecretAccessKey, string? SessionToken);
