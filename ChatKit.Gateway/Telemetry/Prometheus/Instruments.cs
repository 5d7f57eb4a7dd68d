using Prometheus;

namespace ChatKit.Gateway.Telemetry.Prometheus;

/// <summary>
/// The metrics of LiteLLM's proxy, by its names and labels, so that dashboards and alerts go on working
/// (https://docs.litellm.ai/docs/proxy/prometheus, litellm/types/integrations/prometheus.py).
/// </summary>
internal sealed class Instruments(IMetricFactory factory)
{
    private static readonly string[] Caller = ["end_user", "hashed_api_key", "api_key_alias", "team", "team_alias", "user"];
    private static readonly string[] Deployment = ["litellm_model_name", "model_id", "api_base", "api_provider"];
    private static readonly string[] KeyAndTeam = ["hashed_api_key", "api_key_alias", "team", "team_alias"];

    /// <summary>LiteLLM's, up to five minutes.</summary>
    private static readonly double[] Latencies =
        [0.005, 0.00625, 0.0125, 0.025, 0.05, 0.1, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5, 5.5, 6, 6.5, 7, 7.5, 8, 8.5, 9, 9.5, 10, 15, 20, 25, 30, 60, 120, 180, 240, 300];

    public Counter Requests { get; } = factory.CreateCounter(
        "litellm_proxy_total_requests_metric_total", "Calls to the gateway", [.. Caller, "requested_model", "status_code", "route"]);

    public Counter FailedRequests { get; } = factory.CreateCounter(
        "litellm_proxy_failed_requests_metric_total", "Calls that failed", [.. Caller, "requested_model", "exception_status", "exception_class", "route"]);

    public Histogram RequestLatency { get; } = Seconds(factory, "litellm_request_total_latency_metric", "From the arrival of a call to its end", [.. Caller, "requested_model", "model"]);

    public Histogram Overhead { get; } = Seconds(factory, "litellm_overhead_latency_metric", "What the gateway added to the provider's time", ["model_group", "api_provider"]);

    public Gauge InFlight { get; } = factory.CreateGauge("litellm_in_flight_requests", "Calls that are being served");

    public Counter Spend { get; } = factory.CreateCounter("litellm_spend_metric_total", "US dollars", [.. Caller, "model"]);

    public Counter UnknownCost { get; } = factory.CreateCounter("chatkit_unknown_cost_total", "Answers whose price is not known", ["model", "api_provider"]);

    public Counter TotalTokens { get; } = factory.CreateCounter("litellm_total_tokens_metric_total", "Tokens, input and output", [.. Caller, "requested_model", "model"]);

    public Counter InputTokens { get; } = factory.CreateCounter("litellm_input_tokens_metric_total", "Tokens of the input", [.. Caller, "requested_model", "model"]);

    public Counter OutputTokens { get; } = factory.CreateCounter("litellm_output_tokens_metric_total", "Tokens of the output", [.. Caller, "requested_model", "model"]);

    public Counter CacheHits { get; } = factory.CreateCounter("litellm_cache_hits_metric_total", "Answers out of the gateway's cache", [.. Caller, "model"]);

    public Histogram ApiLatency { get; } = Seconds(factory, "litellm_llm_api_latency_metric", "Time of an attempt at a provider", [.. Caller, "requested_model", "model"]);

    public Histogram FirstToken { get; } = Seconds(
        factory, "litellm_llm_api_time_to_first_token_metric", "From sending an attempt to its first content", [.. Caller, "requested_model", "model"]);

    public Gauge DeploymentState { get; } = factory.CreateGauge("litellm_deployment_state", "0 healthy, 1 partly failing, 2 out of service", Deployment);

    public Counter DeploymentRequests { get; } = factory.CreateCounter(
        "litellm_deployment_total_requests_total", "Attempts at a deployment", ["requested_model", .. Deployment, .. KeyAndTeam]);

    public Counter DeploymentSuccesses { get; } = factory.CreateCounter(
        "litellm_deployment_success_responses_total", "Attempts at a deployment that succeeded", ["requested_model", .. Deployment, .. KeyAndTeam]);

    public Counter DeploymentFailures { get; } = factory.CreateCounter(
        "litellm_deployment_failure_responses_total", "Attempts at a deployment that failed", ["requested_model", .. Deployment, .. KeyAndTeam, "exception_status", "exception_class"]);

    public Counter CooledDown { get; } = factory.CreateCounter(
        "litellm_deployment_cooled_down_total", "Times that a deployment was given a rest", [.. Deployment, "exception_status"]);

    public Counter SuccessfulFallbacks { get; } = factory.CreateCounter(
        "litellm_deployment_successful_fallbacks_total", "Attempts at another group that succeeded", ["requested_model", "fallback_model", .. KeyAndTeam]);

    public Counter FailedFallbacks { get; } = factory.CreateCounter(
        "litellm_deployment_failed_fallbacks_total", "Attempts at another group that failed", ["requested_model", "fallback_model", .. KeyAndTeam]);

    public Gauge RemainingKeyBudget { get; } = factory.CreateGauge("litellm_remaining_api_key_budget_metric", "US dollars that a key has left", ["hashed_api_key", "api_key_alias"]);

    public Gauge RemainingTeamBudget { get; } = factory.CreateGauge("litellm_remaining_team_budget_metric", "US dollars that a team has left", ["team", "team_alias"]);

    private static Histogram Seconds(IMetricFactory factory, string name, string help, string[] labels) =>
        factory.CreateHistogram(name, help, labels, new HistogramConfiguration { Buckets = Latencies });
}
