namespace ChatKit.Gateway.Model.Callbacks;

/// <summary>Who is told what calls came to (<c>litellm_settings.callbacks</c>, <c>success_callback</c>, <c>failure_callback</c>).</summary>
internal sealed record CallbackSettings
{
    public static CallbackSettings None { get; } = new();

    /// <summary>How metrics are served; null where they are not.</summary>
    public PrometheusSettings? Prometheus { get; init; }

    public IReadOnlyList<WebhookSettings> Webhooks { get; init; } = [];

    public LangfuseSettings? Langfuse { get; init; }
}
