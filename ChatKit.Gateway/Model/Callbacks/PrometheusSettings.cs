namespace ChatKit.Gateway.Model.Callbacks;

/// <summary>How <c>/metrics</c> is served (https://docs.litellm.ai/docs/proxy/prometheus).</summary>
internal sealed record PrometheusSettings
{
    /// <summary>False where anybody who reaches the gateway may read the metrics (<c>require_auth_for_metrics_endpoint</c>).</summary>
    public bool AsksForKey { get; init; } = true;

    /// <summary>True where customers are a label (<c>enable_end_user_cost_tracking_prometheus_only</c>). Clients name them, so that there may be any number.</summary>
    public bool EndUsers { get; init; }
}
