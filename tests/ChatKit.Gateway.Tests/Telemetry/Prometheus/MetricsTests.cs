using System.Globalization;
using System.Net;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Callbacks;
using ChatKit.Gateway.Model.Facts;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Telemetry.Prometheus;

public sealed class MetricsTests : IAsyncLifetime
{
    private static readonly GatewaySettings Settings = new()
    {
        MasterKey = new Secret(GatewayHost.MasterKey),
        Retries = 0,
        Callbacks = new CallbackSettings { Prometheus = new PrometheusSettings() },
    };

    private FakeUpstream _upstream = null!;

    public async Task InitializeAsync() => _upstream = await FakeUpstream.StartAsync(new OpenAiDialect());

    public async Task DisposeAsync() => await _upstream.DisposeAsync();

    [Fact]
    public async Task A_call_is_counted_with_its_tokens_and_its_time()
    {
        await using var gateway = await GatewayHost.StartAsync(Settings, GatewayHost.At(_upstream));
        await CallAsync(gateway, "gpt");
        await CallAsync(gateway, "gpt", stream: true);

        var metrics = await ReadAsync(gateway);

        Assert.Equal(2, metrics.Sum("litellm_proxy_total_requests_metric_total", """requested_model="gpt",status_code="200",route="/v1/chat/completions"}"""));
        Assert.Equal(2, metrics.Sum("litellm_request_total_latency_metric_count"));
        Assert.Equal(2, metrics.Sum("litellm_llm_api_latency_metric_count"));
        Assert.Equal(1, metrics.Sum("litellm_llm_api_time_to_first_token_metric_count"));
        Assert.Equal(2, metrics.Sum("litellm_deployment_success_responses_total", "model_id=\"d1\""));
        Assert.Equal(0, metrics.Sum("litellm_deployment_state", "model_id=\"d1\""));
        Assert.Equal(0, metrics.Sum("litellm_in_flight_requests"));
        Assert.True(metrics.Sum("litellm_input_tokens_metric_total") > 0);
        Assert.Equal(
            metrics.Sum("litellm_total_tokens_metric_total"),
            metrics.Sum("litellm_input_tokens_metric_total") + metrics.Sum("litellm_output_tokens_metric_total"));
    }

    /// <summary>Never zero for want of a price.</summary>
    [Fact]
    public async Task What_a_model_costs_is_counted_or_counted_as_unknown()
    {
        await using var gateway = await GatewayHost.StartAsync(Settings, GatewayHost.At(_upstream) with { UpstreamModel = "gpt-4o" }, GatewayHost.At(_upstream, "d2") with { GroupName = "own", GivenFacts = ModelFacts.Unknown });
        await CallAsync(gateway, "gpt");
        await CallAsync(gateway, "own");

        var metrics = await ReadAsync(gateway);

        Assert.True(metrics.Sum("litellm_spend_metric_total", "model=\"gpt-4o\"") > 0);
        Assert.Equal(0, metrics.Sum("litellm_spend_metric_total", "model=\"gpt-4o-upstream\""));
        Assert.Equal(1, metrics.Sum("chatkit_unknown_cost_total", "model=\"gpt-4o-upstream\""));
    }

    [Fact]
    public async Task A_failure_is_counted_at_its_deployment_and_at_its_caller()
    {
        _upstream.Always = OpenAiReplies.Error(500, "broken", "server_error");
        await using var gateway = await GatewayHost.StartAsync(Settings, GatewayHost.At(_upstream));
        await CallAsync(gateway, "gpt");

        var metrics = await ReadAsync(gateway);

        Assert.Equal(1, metrics.Sum("litellm_deployment_failure_responses_total", """exception_status="500",exception_class="InternalServerError"}"""));
        Assert.Equal(1, metrics.Sum("litellm_proxy_failed_requests_metric_total", "exception_class=\"InternalServerError\""));
        Assert.Equal(1, metrics.Sum("litellm_deployment_state", "model_id=\"d1\""));
    }

    /// <summary>Whoever invents names of models makes no series with them.</summary>
    [Fact]
    public async Task A_client_cannot_make_up_labels()
    {
        await using var gateway = await GatewayHost.StartAsync(Settings, GatewayHost.At(_upstream));
        await CallAsync(gateway, "invented-0");
        var before = (await ReadAsync(gateway)).Count;
        for (var i = 1; i < 20; i++) await CallAsync(gateway, $"invented-{i}", endUser: $"customer-{i}");

        var metrics = await ReadAsync(gateway);

        Assert.Equal(before, metrics.Count);
        Assert.Equal(20, metrics.Sum("litellm_proxy_total_requests_metric_total", "status_code=\"400\""));
    }

    [Fact]
    public async Task A_key_is_asked_for_unless_the_configuration_says_otherwise()
    {
        await using var closed = await GatewayHost.StartAsync(Settings, GatewayHost.At(_upstream));
        await using var open = await GatewayHost.StartAsync(Settings with { Callbacks = new CallbackSettings { Prometheus = new PrometheusSettings { AsksForKey = false } } }, GatewayHost.At(_upstream));
        using var stranger = new HttpClient(new SocketsHttpHandler());

        using var refused = await stranger.GetAsync(new Uri(closed.Address, "/metrics"));
        using var served = await stranger.GetAsync(new Uri(open.Address, "/metrics/"));

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal(HttpStatusCode.OK, served.StatusCode);
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", served.Content.Headers.ContentType?.ToString());
    }

    [Fact]
    public async Task Where_no_metrics_are_kept_the_path_says_so()
    {
        await using var gateway = await GatewayHost.StartAsync(Settings with { Callbacks = CallbackSettings.None }, GatewayHost.At(_upstream));

        using var response = await gateway.Client.GetAsync(new Uri("/metrics", UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("litellm_settings.callbacks", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task CallAsync(GatewayHost gateway, string model, bool stream = false, string endUser = "somebody")
    {
        using var response = await gateway.ChatAsync(
            $$"""{"model":"{{model}}","user":"{{endUser}}","messages":[{"role":"user","content":"hi"}],"stream":{{(stream ? "true" : "false")}}}""");
        await response.Content.ReadAsStringAsync();
    }

    /// <summary>The answer is whole before its call is over: what is counted last comes a moment later.</summary>
    private static async Task<Samples> ReadAsync(GatewayHost gateway)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var samples = new Samples(await gateway.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative), patience.Token));
            if (samples.Sum("litellm_in_flight_requests") == 0) return samples;
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, patience.Token);
        }
    }

    /// <summary>The lines of https://prometheus.io/docs/instrumenting/exposition_formats/.</summary>
    private sealed class Samples(string text)
    {
        private readonly string[] _lines = [.. text.Split('\n').Where(static line => line.Length > 0 && line[0] != '#')];

        public int Count => _lines.Length;

        /// <summary>Of all series of the metric that have these labels.</summary>
        public double Sum(string name, string labels = "") => _lines
            .Where(line => line.StartsWith(name, StringComparison.Ordinal) && line[name.Length] is '{' or ' ' && line.Contains(labels, StringComparison.Ordinal))
            .Sum(static line => double.Parse(line.AsSpan(line.LastIndexOf(' ') + 1), CultureInfo.InvariantCulture));
    }
}
