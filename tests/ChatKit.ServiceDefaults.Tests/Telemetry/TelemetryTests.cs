using System.Diagnostics;
using System.Diagnostics.Metrics;
using ChatKit.Testing.Otlp;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;
using SpanKind = ChatKit.Testing.Otlp.SpanKind;

namespace ChatKit.ServiceDefaults.Tests.Telemetry;

public sealed class TelemetryTests
{
    private static readonly ActivitySource Source = new("ChatKit.Example");
    private static readonly Meter Meter = new("ChatKit.Example");
    private static readonly Counter<int> Counter = Meter.CreateCounter<int>("chatkit.example.calls");

    [Fact]
    public async Task Spans_metrics_and_logs_of_a_request_arrive_joined_to_one_trace()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var app = await ServeAsync(receiver.Environment);
        using var client = Client(app);

        using var request = new HttpRequestMessage(HttpMethod.Get, "/things/7");
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        Assert.Equal("thing 7", await (await client.SendAsync(request)).Content.ReadAsStringAsync());
        await EndAsync(app);

        var server = Assert.Single(receiver.Spans, span => span.Kind == SpanKind.Server && span.TraceId == "0af7651916cd43dd8448eb211c80319c");
        Assert.Equal("b7ad6b7169203331", server.ParentId);
        Assert.Equal("GET /things/{id}", server.Name);
        Assert.Equal("example", server.Service);
        Assert.Equal("/things/{id}", server.Attributes["http.route"]);
        Assert.Equal(200L, server.Attributes["http.response.status_code"]);
        Assert.Equal("GET", server.Attributes["http.request.method"]);
        Assert.Equal("/things/7", server.Attributes["url.path"]);

        var inner = Assert.Single(receiver.Spans, span => span.Source == "ChatKit.Example");
        Assert.Equal((server.TraceId, server.SpanId), (inner.TraceId, inner.ParentId));

        var log = Assert.Single(receiver.Logs, log => log.Category == "Things");
        Assert.Equal(("Looking for 7", inner.SpanId), (log.Body, log.SpanId));

        Assert.Contains(receiver.Points, point => point is { Meter: "ChatKit.Example", Metric: "chatkit.example.calls", Sum: 1 });
        Assert.Contains(receiver.Points, point => point is { Metric: "http.server.request.duration", Unit: "s", Count: > 0 });
    }

    [Fact]
    public async Task All_three_signals_travel_over_grpc_as_well()
    {
        await using var receiver = await OtlpReceiver.StartGrpcAsync();
        await using var app = await ServeAsync(receiver.Environment);
        using var client = Client(app);

        await client.GetAsync("/things/6");
        await EndAsync(app);

        Assert.Contains(receiver.Spans, span => span.Attributes.GetValueOrDefault("url.path") is "/things/6");
        Assert.Contains(receiver.Logs, log => log.Body == "Looking for 6");
        Assert.Contains(receiver.Points, point => point.Metric == "chatkit.example.calls");
    }

    [Fact]
    public async Task A_failed_request_is_an_error_with_its_type()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var app = await ServeAsync(receiver.Environment);
        using var client = Client(app);

        Assert.Equal(500, (int)(await client.GetAsync("/broken")).StatusCode);
        await EndAsync(app);

        var span = Assert.Single(receiver.Spans, span => span.Name == "GET /broken");
        Assert.True(span.IsError);
        Assert.Equal("System.InvalidOperationException", span.Attributes["error.type"]);
        Assert.Equal(500L, span.Attributes["http.response.status_code"]);
    }

    [Fact]
    public async Task Health_probes_leave_no_span()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var app = await ServeAsync(receiver.Environment);
        using var client = Client(app);

        await client.GetAsync("/health/of-this-test");
        await client.GetAsync("/unknown");
        await EndAsync(app);

        Assert.Contains(receiver.Spans, span => span.Kind == SpanKind.Server && (string?)span.Attributes["url.path"] == "/unknown" && span.Name == "GET");
        Assert.DoesNotContain(receiver.Spans, span => span.Attributes.GetValueOrDefault("url.path") is "/health/of-this-test");
    }

    [Fact]
    public async Task The_standard_variables_name_the_service_and_choose_what_is_sampled_and_exported()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var app = await ServeAsync(receiver.Environment.Concat(new Dictionary<string, string?>
        {
            ["OTEL_SERVICE_NAME"] = "renamed",
            ["OTEL_TRACES_SAMPLER"] = "always_off",
            ["OTEL_METRICS_EXPORTER"] = "none",
        }));
        using var client = Client(app);

        await client.GetAsync("/things/8");
        await EndAsync(app);

        Assert.Empty(receiver.Spans);
        Assert.Empty(receiver.Points);
        Assert.Equal("renamed", Assert.Single(receiver.Logs, log => log.Body == "Looking for 8").Service);
    }

    [Fact]
    public async Task Hosts_of_one_process_share_one_exporter_so_that_nothing_arrives_twice()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var first = await ServeAsync(receiver.Environment);
        await using var second = await ServeAsync(receiver.Environment);
        using var client = Client(second);

        await client.GetAsync("/things/9");
        await EndAsync(first);
        await EndAsync(second);

        Assert.Single(receiver.Spans, span => span.Kind == SpanKind.Server && (string?)span.Attributes["url.path"] == "/things/9");
    }

    [Fact]
    public async Task Without_an_endpoint_nobody_listens_and_nothing_is_registered()
    {
        await using var app = await ServeAsync([]);
        using var client = Client(app);

        await client.GetAsync("/things/10");

        Assert.False(Source.HasListeners());
        Assert.False(Counter.Enabled);
        Assert.Empty(app.Services.GetServices<ILoggerProvider>());
        Assert.DoesNotContain(app.Services.GetServices<IStartupFilter>(), filter => filter.GetType().Namespace!.StartsWith("ChatKit", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("localhost:4317", null, "OTEL_EXPORTER_OTLP_ENDPOINT")]
    [InlineData("http://127.0.0.1:4317", "http", "OTEL_EXPORTER_OTLP_PROTOCOL")]
    [InlineData("http://127.0.0.1:4317", "grpc", null)]
    [InlineData("", "http", null)]
    public void Values_that_the_sdk_would_ignore_in_silence_are_problems(string endpoint, string? protocol, string? problem)
    {
        var configuration = new ConfigurationManager();
        configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint, ["OTEL_EXPORTER_OTLP_PROTOCOL"] = protocol });

        Assert.Equal(problem, ServiceDefaults.Telemetry.TelemetryOptions.Problems(configuration).SingleOrDefault()?.Variable);
    }

    private static async Task<WebApplication> ServeAsync(IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.ClearProviders();
        builder.AddTelemetry("example");
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapGet("/things/{id}", (string id, ILoggerFactory logs) =>
        {
            using var span = Source.StartActivity("look");
            Counter.Add(1);
            Log.Looking(logs.CreateLogger("Things"), id);
            return $"thing {id}";
        });
        app.MapGet("/broken", string () => throw new InvalidOperationException("broken"));
        app.MapGet("/health/of-this-test", () => Results.Ok());
        await app.StartAsync();
        return app;
    }

    /// <summary>As a service ends: a request's span ends after its answer was sent, and the stop waits for it; disposal alone does not.</summary>
    private static async Task EndAsync(WebApplication app)
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private static HttpClient Client(WebApplication app) =>
        new(new SocketsHttpHandler { ActivityHeadersPropagator = null }) { BaseAddress = new Uri(app.Urls.Single()) };

    private static class Log
    {
        private static readonly Action<ILogger, string, Exception?> LookingMessage =
            LoggerMessage.Define<string>(LogLevel.Information, new EventId(1), "Looking for {Id}");

        public static void Looking(ILogger logger, string id) => LookingMessage(logger, id, null);
    }
}
