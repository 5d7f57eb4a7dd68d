using System.Globalization;
using ChatKit.Gateway.Budgets;
using ChatKit.Gateway.Limits;
using ChatKit.Gateway.Pipeline.Caching;
using ChatKit.Gateway.Pipeline.Explain;

namespace ChatKit.Gateway.Pipeline;

/// <summary>The headers of an answer, as LiteLLM's clients expect them (https://docs.litellm.ai/docs/proxy/response_headers).</summary>
internal static class AnswerHeaders
{
    /// <summary>US dollars; of whole answers, since a stream's head is gone when its cost is known.</summary>
    public const string Cost = "x-litellm-response-cost";

    public static string Version { get; } = typeof(AnswerHeaders).Assembly.GetName().Version?.ToString(3) ?? "0";

    public static void Write(IHeaderDictionary headers, GatewayCall call, UpstreamAttempt attempt, TimeProvider time)
    {
        var total = time.GetElapsedTime(call.StartedAt);
        headers[CallId.Header] = call.Id;
        headers["x-litellm-version"] = Version;
        Set(headers, "x-litellm-model-id", attempt.Deployment.Id);
        Set(headers, "x-litellm-model-group", call.Match!.Group.Name);
        if (attempt.Deployment.ShownBase is { } address) Set(headers, "x-litellm-model-api-base", address);
        headers["x-litellm-attempted-retries"] = call.Retries.ToString(CultureInfo.InvariantCulture);
        headers["x-litellm-attempted-fallbacks"] = (call.Route?.Fallbacks ?? 0).ToString(CultureInfo.InvariantCulture);
        headers["x-litellm-timeout"] = Seconds(attempt.Limit);
        headers["x-litellm-response-duration-ms"] = Milliseconds(total);
        headers["x-litellm-overhead-duration-ms"] = Milliseconds(total - attempt.Elapsed);
        WriteAllowances(headers, call);
        if (call.Cached is { } visit) headers[ReplayedAnswer.KeyHeader] = visit.Key;
        if (attempt.Losses.Count > 0) Set(headers, "x-chatkit-losses", string.Join(", ", attempt.Losses));
        RouteHeader.Write(headers, call, attempt);
        ProviderHeaders.Forward(headers, attempt.Response!.Headers);
    }

    /// <summary>What the call's accounts may still do.</summary>
    private static void WriteAllowances(IHeaderDictionary headers, GatewayCall call)
    {
        if (call.Limits is { } limits) LimitHeaders.Write(headers, limits, call.ClientModel);
        if (call.Budget is { } budget) BudgetHeaders.Write(headers, budget);
    }

    /// <summary>Names from a configuration or a client's body may hold any character; where one fits into no header, it is escaped as in an address.</summary>
    public static void Set(IHeaderDictionary headers, string name, string value) =>
        headers[name] = ProviderHeaders.IsPrintable(value) ? value : Uri.EscapeDataString(value);

    private static string Seconds(TimeSpan time) => time.Ticks % TimeSpan.TicksPerSecond == 0
        ? (time.Ticks / TimeSpan.TicksPerSecond).ToString(CultureInfo.InvariantCulture)
        : time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>Whole microseconds as milliseconds: a floating-point number with a custom format takes ten times as long.</summary>
    public static string Milliseconds(TimeSpan time)
    {
        var microseconds = Math.Max(0, time.Ticks / TimeSpan.TicksPerMicrosecond);
        return string.Create(CultureInfo.InvariantCulture, $"{microseconds / 1000}.{microseconds % 1000:D3}");
    }
}
