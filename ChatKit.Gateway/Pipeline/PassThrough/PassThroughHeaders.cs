using System.Collections.Frozen;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers;

namespace ChatKit.Gateway.Pipeline.PassThrough;

/// <summary>
/// The headers of a request and an answer that pass through, filtered in both directions: what belongs to one connection, every credential, what tells of the
/// client's network, cookies, and what would let the other side's server speak for this one.
/// </summary>
internal static class PassThroughHeaders
{
    /// <summary>LiteLLM's prefix for headers that are to go on whatever the path says; it is taken off.</summary>
    private const string Forced = "x-pass-";

    private static readonly FrozenSet<string> Connection = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "HTTP2-Settings");

    private static readonly FrozenSet<string> NotSent = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Host", "Content-Length", "Expect", "Accept-Encoding", "Authorization", "api-key", "x-api-key", "x-goog-api-key", "Cookie", "Origin", "Referer", "Forwarded", "Via", "X-Real-IP",
        "traceparent", "tracestate", "baggage", "x-amz-date", "x-amz-security-token", "x-amz-content-sha256", "x-goog-user-project");

    private static readonly string[] NotSentPrefixes = ["x-litellm-", "X-Forwarded-", "X-Original-", "Sec-", ":"];

    private static readonly FrozenSet<string> NotGiven = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Content-Length", "Content-Encoding", "Set-Cookie", "Set-Cookie2", "Alt-Svc", "Strict-Transport-Security", "Server", "Date", "Location", "Clear-Site-Data", "NEL", "Report-To");

    /// <summary>Fills in the request's headers: the client's, the deployment's over them, and the provider's key.</summary>
    public static void Send(PassThroughRoute route, HttpRequest request, string? keyHeader, HttpRequestMessage message)
    {
        foreach (var (given, values) in request.Headers)
        {
            var isForced = given.StartsWith(Forced, StringComparison.OrdinalIgnoreCase);
            var name = isForced ? given[Forced.Length..] : given;
            if ((route.ForwardsHeaders || isForced || name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase)) && IsSent(name, route, keyHeader))
                Set(message, name, string.Join(", ", values.AsEnumerable()));
        }

        // What comes is read as it comes: compression would hide what it used.
        Set(message, "Accept-Encoding", "identity");
        foreach (var (name, value) in route.Target.Headers) Set(message, name, value);
        if (route.Target.ApiKey is { } key)
        {
            var (name, value) = RequestHead.KeyHeaderOf(route.Target.KeyHeader, key);
            Set(message, name, value);
        }
    }

    /// <summary>Copies what of the answer's headers is for the client.</summary>
    public static void Give(IEnumerable<KeyValuePair<string, string>> given, IHeaderDictionary headers)
    {
        foreach (var (name, value) in given)
        {
            if (!Connection.Contains(name) && !NotGiven.Contains(name) && !name.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase) && ProviderHeaders.IsPrintable(value))
                headers[name] = value;
        }
    }

    /// <summary>Where no key of ours is asked for, the client's credentials are meant for the target.</summary>
    private static bool IsSent(string name, PassThroughRoute route, string? keyHeader)
    {
        if (Connection.Contains(name) || name.Equals(keyHeader, StringComparison.OrdinalIgnoreCase)) return false;
        if (Array.Exists(NotSentPrefixes, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))) return false;
        return !NotSent.Contains(name) || (!route.AsksForKey && name.Equals("Authorization", StringComparison.OrdinalIgnoreCase));
    }

    private static void Set(HttpRequestMessage message, string name, string value)
    {
        if (message.Headers.TryAddWithoutValidation(name, "")) message.Headers.Remove(name);
        else message.Content?.Headers.Remove(name);
        if (!message.Headers.TryAddWithoutValidation(name, value)) message.Content?.Headers.TryAddWithoutValidation(name, value);
    }
}
