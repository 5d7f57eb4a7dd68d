using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Testing;

/// <summary>The fake provider is what every other test leans on, so that it is strict is itself tested.</summary>
public sealed class FakeUpstreamTests : IAsyncLifetime
{
    private readonly HttpClient _client = new(new SocketsHttpHandler());
    private FakeUpstream _upstream = null!;

    public async Task InitializeAsync() => _upstream = await FakeUpstream.StartAsync();

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _upstream.DisposeAsync();
    }

    [Theory]
    [InlineData("""{"messages":[{"role":"user","content":"hi"}]}""", "you must provide a model parameter")]
    [InlineData("""{"model":"m"}""", "Missing required parameter: 'messages'")]
    [InlineData("""{"model":"m","messages":[]}""", "empty array")]
    [InlineData("""{"model":"m","messages":[{"role":"robot","content":"hi"}]}""", "Invalid value: 'robot'")]
    [InlineData("""{"model":1,"messages":[{"role":"user","content":"hi"}]}""", "Invalid type for 'model'")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"hi"}],"stream_options":{"include_usage":true}}""", "only allowed when 'stream'")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"hi"}],"num_retries":2}""", "Unknown parameter: 'num_retries'")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"hi"}],"temperature":3}""", "Invalid 'temperature'")]
    [InlineData("""{"model":"m",""", "could not parse the JSON")]
    public async Task It_refuses_what_the_provider_refuses(string body, string message)
    {
        using var response = await _client.SendAsync(Post(body));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(message, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task It_lets_nobody_in_without_its_key()
    {
        using var request = Post("{}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "sk-other");
        using var response = await _client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task It_streams_word_by_word_and_gives_usage_only_when_asked()
    {
        using var response = await _client.SendAsync(Post("""{"model":"m","messages":[{"role":"user","content":"hi"}],"stream":true}"""));
        var text = await response.Content.ReadAsStringAsync();
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("""{"content":" fake"}""", text);
        Assert.EndsWith("data: [DONE]\n\n", text);
        Assert.DoesNotContain("usage", text);
    }

    [Fact]
    public async Task It_knows_when_the_client_left()
    {
        _upstream.Then(Replies.Hang);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var call = _client.SendAsync(Post("""{"model":"m","messages":[{"role":"user","content":"hi"}]}"""), patience.Token);
        var request = await _upstream.NextRequestAsync();
        await patience.CancelAsync();
        await request.Disconnected.WaitAsync(TimeSpan.FromSeconds(5));
        await Assert.ThrowsAsync<TaskCanceledException>(() => call);
    }

    private HttpRequestMessage Post(string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, _upstream.ApiBase + "/chat/completions") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _upstream.ApiKey);
        return request;
    }
}
