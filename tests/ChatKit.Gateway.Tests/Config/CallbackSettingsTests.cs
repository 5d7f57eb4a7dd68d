using ChatKit.Gateway.Model.Callbacks;
using Xunit;

namespace ChatKit.Gateway.Tests.Config;

public sealed class CallbackSettingsTests
{
    private const string Models = """
        model_list:
          - model_name: demo
            litellm_params: {model: openai/gpt-4o, api_key: x}

        """;

    [Fact]
    public void Metrics_are_kept_where_a_list_of_callbacks_names_them()
    {
        Assert.Null(ConfigFolder.Bind(Models).Settings.Callbacks.Prometheus);
        foreach (var key in (string[])["callbacks", "success_callback", "failure_callback"])
            Assert.Equal(new PrometheusSettings(), ConfigFolder.Bind($"{Models}litellm_settings: {{{key}: [prometheus]}}").Settings.Callbacks.Prometheus);
    }

    [Fact]
    public void Metrics_can_be_open_and_tell_customers_apart()
    {
        var settings = ConfigFolder.Bind($$"""
            {{Models}}
            litellm_settings:
              callbacks: [prometheus]
              require_auth_for_metrics_endpoint: false
              enable_end_user_cost_tracking_prometheus_only: true
            """).Settings.Callbacks.Prometheus;

        Assert.Equal(new PrometheusSettings { AsksForKey = false, EndUsers = true }, settings);
    }

    [Fact]
    public void A_webhook_is_what_its_name_stands_for()
    {
        var webhook = Assert.Single(ConfigFolder.Bind($$"""
            {{Models}}
            litellm_settings:
              callbacks: [collector]
            callback_settings:
              collector:
                callback_type: generic_api
                endpoint: https://collector.example/logs
                headers: {Authorization: Bearer sk-1234}
                event_types: [llm_api_failure]
                log_format: ndjson
                signing_secret: whsec_c2VjcmV0
            """).Settings.Callbacks.Webhooks);

        Assert.Equal(("collector", new Uri("https://collector.example/logs"), false, true, BatchFormat.Lines), (webhook.Name, webhook.Endpoint, webhook.Successes, webhook.Failures, webhook.Format));
        Assert.Equal("Bearer sk-1234", Assert.Single(webhook.Headers).Value.Reveal());
        Assert.Equal("whsec_c2VjcmV0", webhook.SigningSecret?.Reveal());
    }

    [Fact]
    public void A_webhook_hears_of_what_the_lists_that_name_it_are_about()
    {
        const string Collector = "callback_settings: {collector: {callback_type: generic_api, endpoint: 'http://127.0.0.1:1/'}}";

        var successes = Assert.Single(ConfigFolder.Bind($"{Models}litellm_settings: {{success_callback: [collector]}}\n{Collector}").Settings.Callbacks.Webhooks);
        var both = Assert.Single(ConfigFolder.Bind($"{Models}litellm_settings: {{success_callback: [collector], failure_callback: [collector]}}\n{Collector}").Settings.Callbacks.Webhooks);

        Assert.Equal((true, false), (successes.Successes, successes.Failures));
        Assert.Equal((true, true), (both.Successes, both.Failures));
    }

    [Fact]
    public void The_environment_alone_can_say_where_to()
    {
        using var folder = new ConfigFolder().With("config.yaml", $"{Models}litellm_settings: {{callbacks: [generic_api, langfuse]}}")
            .Set("GENERIC_LOGGER_ENDPOINT", "https://collector.example/").Set("GENERIC_LOGGER_HEADERS", "Authorization=Bearer sk-1234,X-Team=blue")
            .Set("LANGFUSE_PUBLIC_KEY", "pk").Set("LANGFUSE_SECRET_KEY", "sk");

        var callbacks = folder.Snapshot().Settings.Callbacks;

        Assert.Equal([("Authorization", "Bearer sk-1234"), ("X-Team", "blue")], Assert.Single(callbacks.Webhooks).Headers.Select(static header => (header.Key, header.Value.Reveal())));
        Assert.Equal(new Uri("https://cloud.langfuse.com"), callbacks.Langfuse?.Host);
    }

    [Fact]
    public void What_cannot_work_is_said_with_its_place()
    {
        Assert.Equal(
            [
                "config.yaml:5 callback_settings.a.endpoint: must be an http or https URL",
                "config.yaml:6 callback_settings.b.callback_type: must be generic_api, not 'kafka'",
                "config.yaml:6 callback_settings.b.event_types: 'all' is not an event: there are llm_api_success and llm_api_failure",
                "config.yaml:6 callback_settings.b.log_format: must be json_array, ndjson or single, not 'xml'",
            ],
            ConfigFolder.ProblemsOf("""
                model_list:
                  - model_name: demo
                    litellm_params: {model: openai/gpt-4o, api_key: x}
                litellm_settings: {callbacks: [generic_api, langfuse, a, b]}
                callback_settings: {a: {callback_type: generic_api, endpoint: nowhere},
                  b: {callback_type: kafka, endpoint: "http://x/", event_types: [all], log_format: xml}}
                """));
    }

    /// <summary>Where telemetry goes is no reason not to serve: a file of LiteLLM's starts as it is.</summary>
    [Theory]
    [InlineData("generic_api", "GENERIC_LOGGER_ENDPOINT")]
    [InlineData("langfuse", "LANGFUSE_PUBLIC_KEY")]
    public void A_callback_without_its_address_warns(string callback, string variable)
    {
        var warnings = ConfigFolder.WarningsOf($"{Models}litellm_settings: {{callbacks: [{callback}]}}");

        Assert.Contains(warnings, warning => warning.Contains(variable, StringComparison.Ordinal));
        Assert.Equal((0, true), (ConfigFolder.Bind($"{Models}litellm_settings: {{callbacks: [{callback}]}}").Settings.Callbacks.Webhooks.Count, ConfigFolder.Bind(Models).Settings.Callbacks.Langfuse is null));
    }

    [Fact]
    public void A_callback_that_does_nothing_here_is_named()
    {
        Assert.Contains("config.yaml:4 litellm_settings.callbacks: the callback 'datadog' does nothing here", string.Join('\n', ConfigFolder.WarningsOf($"{Models}litellm_settings: {{callbacks: [datadog, otel]}}")), StringComparison.Ordinal);
    }
}
