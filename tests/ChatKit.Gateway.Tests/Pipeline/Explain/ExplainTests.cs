using System.Text.RegularExpressions;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Testing.Otlp;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Pipeline.Explain;

/// <summary>Why a call went where it went, for who asks: in a header, and on the call's span.</summary>
public sealed partial class ExplainTests : IAsyncLifetime
{
    private const string Body = """{"model":"gpt","messages":[{"role":"user","content":"hi"}]}""";
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";

    private OtlpReceiver _receiver = null!;
    private FakeUpstream _good = null!;
    private FakeUpstream _bad = null!;

    public async Task InitializeAsync()
    {
        (_receiver, _good, _bad) = (await OtlpReceiver.StartAsync(), await FakeUpstream.StartAsync(), await FakeUpstream.StartAsync());
        _bad.Always = Replies.Status(500, """{"error":{"message":"boom","type":"server_error"}}""");
    }

    public async Task DisposeAsync()
    {
        await _good.DisposeAsync();
        await _bad.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task The_header_tells_candidates_choice_and_every_attempt()
    {
        await using var gateway = await StartAsync(retries: 1, GatewayHost.At(_bad, "first") with { Order = 0 }, GatewayHost.At(_good, "second") with { Order = 1 });
        using var answer = await AskAsync(gateway);

        Assert.True(answer.IsSuccessStatusCode);
        var route = Route(answer)!;
        Assert.StartsWith("gpt: ", route, StringComparison.Ordinal);
        Assert.Contains("first chosen (", route, StringComparison.Ordinal);
        Assert.Contains("second passed over (", route, StringComparison.Ordinal);
        Assert.Matches(@"attempt 1: first 500 InternalServerError in \d+ ms", route);
        Assert.Matches(@"; attempt \d: second 200 in \d+ ms$", route);
    }

    [Fact]
    public async Task A_deployment_that_rests_says_so()
    {
        await using var gateway = await StartAsync(retries: 0, GatewayHost.At(_bad, "tired"), GatewayHost.At(_good, "fresh"));
        gateway.Deployment("tired").State.Cool(new Cooldown(TimeProvider.System.GetUtcNow().AddHours(1), 429, "it is at its rate limit"));
        using var answer = await AskAsync(gateway);

        Assert.Matches(@"tired passed over \(.*rate limit.*\)", Route(answer)!);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("0")]
    [InlineData("")]
    public async Task Nobody_else_gets_the_header(string? wish)
    {
        await using var gateway = await StartAsync(retries: 0, GatewayHost.At(_good));
        using var answer = await AskAsync(gateway, wish);

        Assert.True(answer.IsSuccessStatusCode);
        Assert.Null(Route(answer));
    }

    [Fact]
    public async Task An_error_is_explained_too()
    {
        await using var gateway = await StartAsync(retries: 1, GatewayHost.At(_bad, "only"));
        using var answer = await AskAsync(gateway);

        Assert.Equal(500, (int)answer.StatusCode);
        Assert.Equal(2, AttemptPattern().Count(Route(answer)!));
    }

    [Fact]
    public async Task A_stream_is_explained_at_its_beginning()
    {
        await using var gateway = await StartAsync(retries: 0, GatewayHost.At(_good));
        using var answer = await AskAsync(gateway, body: Body.Replace("}]", "}],\"stream\":true", StringComparison.Ordinal));

        Assert.Matches(@"attempt 1: d1 200 in \d+ ms$", Route(answer)!);
        Assert.EndsWith("data: [DONE]\n\n", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_header_is_printable_and_bounded_and_tells_no_key()
    {
        var many = Enumerable.Range(0, 200).Select(i => GatewayHost.At(_good, $"deployment-ü-{i}-{new string('x', 40)}")).ToArray();
        await using var gateway = await StartAsync(retries: 0, many);
        using var answer = await AskAsync(gateway);

        var route = Route(answer)!;
        Assert.True(route.Length <= 2048, $"{route.Length} characters");
        Assert.DoesNotContain(route, character => character is < ' ' or > '~');
        Assert.DoesNotContain(OpenAiDialect.Key, route, StringComparison.Ordinal);
        Assert.EndsWith(" ...", route, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_without_a_key_learns_nothing()
    {
        await using var gateway = await StartAsync(retries: 0, GatewayHost.At(_good));
        gateway.Client.DefaultRequestHeaders.Authorization = null;
        using var answer = await AskAsync(gateway);

        Assert.Equal(401, (int)answer.StatusCode);
        Assert.Null(Route(answer));
    }

    [Fact]
    public async Task A_trace_has_every_choice_and_every_attempt_unasked()
    {
        await using var gateway = await StartAsync(retries: 1, GatewayHost.At(_bad, "first") with { Order = 0 }, GatewayHost.At(_good, "second") with { Order = 1 });
        gateway.Client.DefaultRequestHeaders.Add("traceparent", $"00-{TraceId}-b7ad6b7169203331-01");
        using var answer = await AskAsync(gateway, wish: null);
        await answer.Content.ReadAsStringAsync();

        bool IsServer(ReceivedSpan span) => span.TraceId == TraceId && span.Kind is SpanKind.Server && span.Service == "chatkit-gateway";
        await _receiver.WaitForAsync(receiver => receiver.Spans.Any(IsServer));
        var events = _receiver.Spans.Single(IsServer).Events;

        var first = events.First(entry => entry.Name == "chatkit.route.choice");
        Assert.Equal(("gpt", "first"), (first.Attributes["chatkit.gateway.model_group"], first.Attributes["chatkit.gateway.deployment"]));
        Assert.NotEmpty((string)first.Attributes["chatkit.route.reason"]!);
        Assert.Contains("second: ", string.Join(' ', (object?[])first.Attributes["chatkit.route.passed_over"]!), StringComparison.Ordinal);
        var attempts = events.Where(entry => entry.Name == "chatkit.route.attempt").ToList();
        Assert.Equal(("first", 500L), (attempts[0].Attributes["chatkit.gateway.deployment"], attempts[0].Attributes["chatkit.route.status"]));
        Assert.Equal(("second", 200L), (attempts[^1].Attributes["chatkit.gateway.deployment"], attempts[^1].Attributes["chatkit.route.status"]));
        Assert.Null(Route(answer));
    }

    private Task<GatewayHost> StartAsync(int retries, params Deployment[] deployments) => GatewayHost.StartAsync(
        _receiver.Environment,
        new GatewaySettings { MasterKey = new Secret(GatewayHost.MasterKey), Retries = retries },
        deployments);

    private static async Task<HttpResponseMessage> AskAsync(GatewayHost gateway, string? wish = "1", string body = Body)
    {
        gateway.Client.DefaultRequestHeaders.Remove("x-chatkit-explain");
        if (wish is not null) gateway.Client.DefaultRequestHeaders.TryAddWithoutValidation("x-chatkit-explain", wish);
        return await gateway.ChatAsync(body);
    }

    private static string? Route(HttpResponseMessage answer) => answer.Headers.TryGetValues("x-chatkit-route", out var values) ? values.Single() : null;

    [GeneratedRegex(@"attempt \d: only 500 InternalServerError in \d+ ms")]
    private static partial Regex AttemptPattern();
}
