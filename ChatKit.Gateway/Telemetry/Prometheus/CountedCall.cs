using ChatKit.Gateway.Model.Callbacks;

namespace ChatKit.Gateway.Telemetry.Prometheus;

/// <summary>A call from its arrival to its end, for the metrics; the default value is one that nobody counts.</summary>
internal readonly struct CountedCall(PrometheusMetrics metrics, PrometheusSettings settings) : IDisposable
{
    /// <summary>Says what came of the call.</summary>
    public void Ended(in CallFact call, HttpContext http)
    {
        if (metrics is null) return;
        var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "";
        metrics.Ended(call, settings, route, http.Response.StatusCode);
    }

    public void Dispose() => metrics?.Left();
}
