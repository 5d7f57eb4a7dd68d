using System.Collections.Frozen;
using System.Globalization;

namespace ChatKit.Gateway.Pipeline;

/// <summary>
/// The headers of an answer, as LiteLLM's clients expect them (https://docs.litellm.ai/docs/proxy/response_headers): what the gateway did, the provider's
/// rate limits under their own names, and all that the provider said under <c>llm_provider-</c>.
/// </summary>
internal static class AnswerHeaders
{
    private const string ProviderPrefix = "llm_provider-";

    /// <summary>What belongs to one connection or to the bytes of one body, and cookies, which are the provider's secret with us.</summary>
    private static readonly FrozenSet<string> NotForwarded = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
        "Content-Length", "Content-Encoding", "Set-Cookie", "Set-Cookie2", "Alt-Svc", "Strict-Transport-Security");

    private static readonly string Version = typeof(AnswerHeaders).Assembly.GetName().Version?.ToString(3) ?? "0";

    public static void Write(IHeaderDictionary headers, GatewayCall call, UpstreamAttempt attempt, TimeProvider time)
    {
        var total = time.GetElapsedTime(call.StartedAt);
        headers[CallId.Header] = call.Id;
        headers["x-litellm-version"] = Version;
        headers["x-litellm-model-id"] = attempt.Deployment.Id;
        headers["x-litellm-model-group"] = call.Match!.Group.Name;
        if (attempt.Deployment.ShownBase is { } address) headers["x-litellm-model-api-base"] = address;
        headers["x-litellm-attempted-retries"] = (attempt.Number - 1).ToString(CultureInfo.InvariantCulture);
        headers["x-litellm-response-duration-ms"] = Milliseconds(total);
        headers["x-litellm-overhead-duration-ms"] = Milliseconds(total - attempt.Elapsed);
        if (attempt.Losses.Count > 0) headers["x-chatkit-losses"] = string.Join(", ", attempt.Losses);
        foreach (var (name, value) in attempt.Response!.Headers) Forward(headers, name, value);
    }

    private static void Forward(IHeaderDictionary headers, string name, string value)
    {
        if (NotForwarded.Contains(name) || value.AsSpan().ContainsAnyExceptInRange(' ', '~')) return;
        headers[ProviderPrefix + name.ToLowerInvariant()] = value;
        if (name.StartsWith("x-ratelimit-", StringComparison.OrdinalIgnoreCase)) headers[name] = value;
    }

    /// <summary>Whole microseconds as milliseconds: a floating-point number with a custom format takes ten times as long.</summary>
    private static string Milliseconds(TimeSpan time)
    {
        var microseconds = Math.Max(0, time.Ticks / TimeSpan.TicksPerMicrosecond);
        return string.Create(CultureInfo.InvariantCulture, $"{microseconds / 1000}.{microseconds % 1000:000}");
    }
}
