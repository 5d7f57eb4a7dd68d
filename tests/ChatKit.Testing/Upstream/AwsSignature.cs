using System.Globalization;
using System.Security.Cryptography;
using Amazon.Runtime.Internal.Auth;
using Amazon.Util;

namespace ChatKit.Testing.Upstream;

/// <summary>
/// Checks a request's signature as AWS does (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html), with the encoding and the
/// hashing of AWS's own library, so that the gateway's signer is not held against itself.
/// </summary>
public sealed class AwsSignature(string accessKeyId, string secretAccessKey, string region, string service)
{
    /// <summary>The message of AWS's refusal; null where the signature holds.</summary>
    public string? Refuse(ReceivedRequest request)
    {
        var parts = request.Headers["Authorization"]["AWS4-HMAC-SHA256 ".Length..].Split(", ").Select(static part => part.Split('=', 2)).ToDictionary(static part => part[0], static part => part[1]);
        if (request.Headers.GetValueOrDefault("x-amz-date") is not { } stamp ||
            !DateTime.TryParseExact(stamp, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at))
            return "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.";
        if ((TimeProvider.System.GetUtcNow().UtcDateTime - at).Duration() > TimeSpan.FromMinutes(5)) return $"Signature expired: {stamp}";
        if (parts["Credential"] != $"{accessKeyId}/{stamp[..8]}/{region}/{service}/aws4_request") return $"Credential should be scoped to a valid region and service: {parts["Credential"]}";
        var signed = parts["SignedHeaders"].Split(';');
        foreach (var required in (string[])["host", "x-amz-date", .. request.Headers.ContainsKey("x-amz-security-token") ? ["x-amz-security-token"] : Array.Empty<string>()])
            if (!signed.Contains(required))
                return $"'{required}' must be a 'SignedHeader' in the AWS Authorization.";

        var canonical = Canonical(request, signed);
        var expected = AWS4Signer.ComputeSignature(accessKeyId, secretAccessKey, region, at, service, parts["SignedHeaders"], canonical).Signature;
        return parts["Signature"] == expected
            ? null
            : $"The request signature we calculated does not match the signature you provided. The Canonical String for this request should have been\n'{canonical}'";
    }

    private static string Canonical(ReceivedRequest request, string[] signed)
    {
        var target = request.RawTarget.Split('?', 2);
        var path = string.Join('/', target[0].Split('/').Select(static segment => AWSSDKUtils.UrlEncode(segment, path: false)));
        var query = target.Length == 1 ? "" : string.Join('&', target[1].Split('&').Select(static pair => pair.Contains('=', StringComparison.Ordinal) ? pair : pair + "=").Order(StringComparer.Ordinal));
        var headers = string.Concat(signed.Select(name => $"{name}:{request.Headers[name].Trim()}\n"));
        return $"{request.Method}\n{path}\n{query}\n{headers}\n{string.Join(';', signed)}\n{Convert.ToHexStringLower(SHA256.HashData(request.Body))}";
    }
}
