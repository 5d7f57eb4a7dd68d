using ChatKit.Gateway.Model;
using ChatKit.Gateway.Routing;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Testing.Upstream;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatKit.Gateway.Tests.Pipeline;

/// <summary>Usage is always known inside: counted by the provider, else reckoned and marked.</summary>
public sealed class EstimatedUsageTests : IAsyncLifetime
{
    private const string Plain = """{"model":"gpt","messages":[{"role":"user","content":"Tell me about the sea, please."}]}""";
    private const string Streamed = """{"model":"gpt","messages":[{"role":"user","content":"Tell me about the sea, please."}],"stream":true}""";

    private readonly SettledFacts _facts = new();
    private FakeUpstream _upstream = null!;
    private GatewayHost _gateway = null!;

    public async Task InitializeAsync()
    {
        _upstream = await FakeUpstream.StartAsync();
        _gateway = await GatewayHost.StartAsync(
            services => services.AddSingleton<ISharedRoutingState>(_facts),
            new GatewaySettings { MasterKey = new Secret(GatewayHost.MasterKey), Retries = 0 },
            GatewayHost.At(_upstream));
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    [Fact]
    public async Task What_the_provider_counted_stands()
    {
        using var response = await _gateway.ChatAsync(Plain);
        Assert.False((await SettledAsync()).Usage!.Value.IsEstimated);
    }

    [Fact]
    public async Task A_plain_answer_without_usage_is_reckoned_by_its_length()
    {
        _upstream.Then(Replies.Json("""{"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Blue."},"finish_reason":"stop"}]}"""));
        using var response = await _gateway.ChatAsync(Plain);
        var usage = (await SettledAsync()).Usage!.Value;
        Assert.True(usage.IsEstimated);
        Assert.Equal(Plain.Length / 4, usage.Input);
        Assert.InRange(usage.Output, 1, 100);
    }

    [Fact]
    public async Task A_stream_without_usage_is_reckoned_by_its_pieces()
    {
        _upstream.Then(Replies.Sse([.. OpenAiReplies.Stream("one two three four", "m", withUsage: false), "data: [DONE]\n\n"]));
        using var response = await _gateway.ChatAsync(Streamed);
        await response.Content.ReadAsStringAsync();
        // Four words, and the piece that says why it ended.
        Assert.Equal(new TokenUsage(Streamed.Length / 4, 5) { IsEstimated = true }, (await SettledAsync()).Usage);
    }

    [Fact]
    public async Task A_stream_that_breaks_off_has_the_pieces_that_came()
    {
        _upstream.Then(OpenAiReplies.BrokenStream(3, SseEnd.Cut));
        using var response = await _gateway.ChatAsync(Streamed);
        await response.Content.ReadAsStringAsync();
        var usage = (await SettledAsync()).Usage!.Value;
        Assert.True(usage.IsEstimated);
        Assert.Equal(3, usage.Output);
    }

    [Fact]
    public async Task A_client_that_leaves_is_settled_with_what_was_sent()
    {
        _upstream.Then(OpenAiReplies.Text(string.Join(' ', Enumerable.Repeat("word", 500)), TimeSpan.FromMilliseconds(20)));
        using (var response = await _gateway.ChatAsync(Streamed))
        {
            await using var body = await response.Content.ReadAsStreamAsync();
            Assert.True(await body.ReadAsync(new byte[64]) > 0);
        }

        var settled = await SettledAsync();
        Assert.True(settled.ClientLeft);
        Assert.True(settled.Usage!.Value.IsEstimated);
        Assert.InRange(settled.Usage!.Value.Output, 1, 499);
    }

    [Fact]
    public async Task Where_nothing_came_nothing_is_reckoned()
    {
        _upstream.Then(OpenAiReplies.Error(500, "broken", "server_error"));
        using var response = await _gateway.ChatAsync(Plain);
        Assert.Null((await SettledAsync()).Usage);
    }

    private async Task<Attempt> SettledAsync()
    {
        await _facts.TakeAsync(1);
        return _facts.All[0];
    }
}
