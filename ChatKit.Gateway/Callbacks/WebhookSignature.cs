using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Callbacks;

/// <summary>
/// Signs a webhook's request as https://www.standardwebhooks.com says: HMAC-SHA256 over <c>id.timestamp.body</c>. Receivers verify it with any of its libraries, and
/// tell by the id what came twice.
/// </summary>
internal static class WebhookSignature
{
    private const string Prefix = "whsec_";

    public static void Add(HttpRequestHeaders headers, Secret secret, string id, DateTimeOffset now, ReadOnlySpan<byte> body)
    {
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        headers.Add("webhook-id", id);
        headers.Add("webhook-timestamp", timestamp);
        headers.Add("webhook-signature", $"v1,{Convert.ToBase64String(Sign(KeyOf(secret.Reveal()), id, timestamp, body))}");
    }

    private static byte[] Sign(byte[] key, string id, string timestamp, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hmac.AppendData(Encoding.UTF8.GetBytes($"{id}.{timestamp}."));
        hmac.AppendData(body);
        return hmac.GetHashAndReset();
    }

    /// <summary><c>whsec_</c> and base64, as the standard's libraries make them; any other text is the key itself.</summary>
    private static byte[] KeyOf(string secret)
    {
        if (!secret.StartsWith(Prefix, StringComparison.Ordinal)) return Encoding.UTF8.GetBytes(secret);
        var key = new byte[secret.Length];
        return Convert.TryFromBase64Chars(secret.AsSpan(Prefix.Length), key, out var length) ? key[..length] : Encoding.UTF8.GetBytes(secret);
    }
}
