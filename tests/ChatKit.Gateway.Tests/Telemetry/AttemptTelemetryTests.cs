using System.Net;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Telemetry;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Testing.Otlp;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Telemetry;

/// <summary>What a collector learns about a call: its server span, a span per attempt, metrics; and what neither it nor the provider learns.</summary>
public sealed class AttemptTelemetryTests : IAsyncLifetime
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";

    private OtlpReceiver _receiver = null!;
    private FakeUpstream _upstream = null!;
    private GatewayHost _gateway = null!;

    public async Task InitializeAsync()
    {
        _receiver = await OtlpReceiver.StartAsync();
        _upstream = await FakeUpstream.StartAsync();
        _gateway = await GatewayHost.StartAsync(
            _receiver.Environment,
            new GatewaySettings { MasterKey = new Secret(GatewayHost.MasterKey), Retries = 1 },
            GatewayHost.At(_upstream));
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _upstream.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task An_attempt_is_a_client_span_below_the_calls_server_span()
    {
        var (server, attempts) = await TraceAsync("""{"model":"gpt","messages":[{"role":"user","content":"hi"}],"temperature":0.5,"max_tokens":9,"n":1}""");

        Assert.Equal("POST /v1/chat/completions", server.Name);
        Assert.Equal("chatkit-gateway", server.Service);
        var attempt = Assert.Single(attempts);
        Assert.Equal(("chat gpt-4o-upstream", SpanKind.Client, server.SpanId), (attempt.Name, attempt.Kind, attempt.ParentId));
        var expected = new Dictionary<string, object?>
        {
            ["gen_ai.operation.name"] = "chat",
            ["gen_ai.provider.name"] = "openai",
            ["gen_ai.request.model"] = "gpt-4o-upstream",
            ["gen_ai.request.temperature"] = 0.5,
            ["gen_ai.request.max_tokens"] = 9L,
            ["gen_ai.request.choice.count"] = 1L,
            ["gen_ai.response.model"] = "gpt-4o-upstream",
            ["gen_ai.response.finish_reasons"] = new object?[] { "stop" },
            ["server.address"] = "127.0.0.1",
            ["server.port"] = (long)new Uri(_upstream.Address).Port,
            ["chatkit.gateway.model_group"] = "gpt",
            ["chatkit.gateway.deployment"] = "d1",
            ["chatkit.gateway.attempt"] = 1L,
            ["chatkit.gateway.attempt.kind"] = "first",
        };
        Assert.All(expected, pair => Assert.Equal(pair.Value, attempt.Attributes.GetValueOrDefault(pair.Key)));
        Assert.True((long)attempt.Attributes["gen_ai.usage.input_tokens"]! > 0);
        Assert.True((long)attempt.Attributes["gen_ai.usage.output_tokens"]! > 0);
    }

    [Fact]
    public async Task A_stream_tells_when_its_first_chunk_came()
    {
        var (_, attempts) = await TraceAsync("""{"model":"gpt","messages":[{"role":"user","content":"hi"}],"stream":true}""");

        var attempt = Assert.Single(attempts);
        Assert.Equal(true, attempt.Attributes["gen_ai.request.stream"]);
        Assert.True((double)attempt.Attributes["gen_ai.response.time_to_first_chunk"]! > 0);
        Assert.True((long)attempt.Attributes["gen_ai.usage.output_tokens"]! > 0);
    }

    [Fact]
    public async Task A_retry_is_a_second_span_and_the_failed_one_says_why()
    {
        _upstream.Then(Replies.HtmlError(500));

        var (server, attempts) = await TraceAsync("""{"model":"gpt","messages":[{"role":"user","content":"hi"}]}""");

        Assert.Equal(2, attempts.Length);
        Assert.Equal("500", attempts.Single(span => span.Attributes["chatkit.gateway.attempt"] is 1L).Attributes["error.type"]);
        Assert.Equal([true, false], attempts.OrderBy(span => span.Attributes["chatkit.gateway.attempt"]).Select(span => span.IsError));
        Assert.False(server.IsError);
    }

    [Fact]
    public async Task Metrics_follow_the_conventions()
    {
        await TraceAsync("""{"model":"gpt","messages":[{"role":"user","content":"hi"}],"stream":true}""");

        string[] names =
        [
            "gen_ai.client.operation.duration", "gen_ai.client.operation.time_to_first_chunk", "gen_ai.server.request.duration",
            "gen_ai.server.time_to_first_token", "gen_ai.server.time_per_output_token",
        ];
        await _receiver.WaitForAsync(receiver => names.All(name => receiver.Points.Any(point => point.Metric == name)));
        Assert.All(names, name => Assert.Equal("s", Points(name).First().Unit));
        Assert.Equal(["input", "output"], Points("gen_ai.client.token.usage").Select(point => point.Attributes["gen_ai.token.type"]).Distinct().Order());
        // The meters are the process's: gateways of other tests may count beside this one.
        Assert.Contains(Points("gen_ai.client.operation.duration"), point => point.Attributes["gen_ai.request.model"] is "gpt-4o-upstream");
    }

    [Fact]
    public async Task Neither_the_trace_nor_the_conversation_leaves_by_the_wrong_door()
    {
        var (server, attempts) = await TraceAsync("""{"model":"gpt","messages":[{"role":"user","content":"a-secret-question"}]}""");

        Assert.DoesNotContain(_upstream.Requests.Single().Headers, header => header.Key.StartsWith("trace", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("a-secret-question", string.Join(' ', attempts.Append(server).SelectMany(span => span.Attributes.Values)));
        Assert.DoesNotContain(GatewayHost.MasterKey, string.Join(' ', attempts.Append(server).SelectMany(span => span.Attributes.Values)));
    }

    [Fact]
    public void A_model_name_that_no_provider_has_answered_labels_no_metric()
    {
        var wildcard = GatewayHost.At(_upstream) with { GroupName = "openai/*", UpstreamModel = "*" };

        Assert.Equal("*", AttemptMetrics.ModelLabel("made-up", Fact(wildcard) with { Error = new(404, "not_found", "no such model") }));
        Assert.Equal("gpt-real", AttemptMetrics.ModelLabel("gpt-real", Fact(wildcard)));
    }

    private static Attempt Fact(Deployment deployment) => new()
    {
        Deployment = deployment,
        Number = 1,
        StartedAt = DateTimeOffset.UnixEpoch,
        Duration = TimeSpan.FromSeconds(1),
    };

    private IEnumerable<ReceivedPoint> Points(string name) => _receiver.Points.Where(point => point.Metric == name);

    /// <summary>Makes a call inside a trace and waits for its spans.</summary>
    private async Task<(ReceivedSpan Server, ReceivedSpan[] Attempts)> TraceAsync(string body)
    {
        _gateway.Client.DefaultRequestHeaders.Add("traceparent", $"00-{TraceId}-b7ad6b7169203331-01");
        using (var response = await _gateway.ChatAsync(body))
        {
            await response.Content.ReadAsStringAsync();
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        bool IsServer(ReceivedSpan span) => span.TraceId == TraceId && span.Kind is SpanKind.Server && span.Service == "chatkit-gateway";
        await _receiver.WaitForAsync(receiver => receiver.Spans.Any(IsServer));
        var server = _receiver.Spans.Single(IsServer);
        return (server, [.. _receiver.Spans.Where(span => span.ParentId == server.SpanId)]);
    }
}
