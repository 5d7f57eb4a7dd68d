using System.Net;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Pipeline;

/// <summary>The ordinary call: what reaches the provider, and what comes back.</summary>
public sealed class PassThroughTests : IAsyncLifetime
{
    private FakeUpstream _upstream = null!;
    private GatewayHost _gateway = null!;

    public async Task InitializeAsync()
    {
        _upstream = await FakeUpstream.StartAsync();
        _gateway = await GatewayHost.StartAsync(GatewayHost.At(_upstream));
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    [Fact]
    public async Task A_plain_call_is_answered_with_the_clients_model_name()
    {
        using var response = await _gateway.ChatAsync("""{"model":"gpt","messages":[{"role":"user","content":"hi"}]}""");
        var body = await response.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(OpenAiReplies.Completion("Hello from the fake upstream.", "gpt"), body);
        Assert.Equal("gpt-4o-upstream", _upstream.Requests.Single().Json.GetProperty("model").GetString());
    }

    [Fact]
    public async Task A_stream_is_relayed_event_by_event_without_the_usage_that_nobody_asked_for()
    {
        using var response = await _gateway.ChatAsync("""{"model":"gpt","messages":[{"role":"user","content":"hi"}],"stream":true}""");
        var body = await response.Content.ReadAsStringAsync();
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        var expected = OpenAiReplies.Stream("Hello from the fake upstream.", "gpt", withUsage: true).Where(e => !e.Contains("\"choices\":[]"));
        Assert.Equal(string.Concat(expected), body);
        Assert.True(_upstream.Requests.Single().Json.GetProperty("stream_options").GetProperty("include_usage").GetBoolean());
    }
}
