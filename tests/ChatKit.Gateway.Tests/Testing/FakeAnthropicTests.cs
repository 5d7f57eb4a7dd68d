using System.Net;
using System.Text;
using System.Text.Json;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Testing;

/// <summary>The fake Anthropic is as strict as the real one; what it lets through, the real one takes.</summary>
public sealed class FakeAnthropicTests : IAsyncLifetime
{
    private const string Hi = """{"role":"user","content":"Hi"}""";

    private readonly HttpClient _client = new(new SocketsHttpHandler());
    private FakeUpstream _upstream = null!;

    public async Task InitializeAsync() => _upstream = await FakeUpstream.StartAsync(new AnthropicDialect());

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _upstream.DisposeAsync();
    }

    [Theory]
    [InlineData("""{"max_tokens":1,"messages":[]}""", "model: Field required")]
    [InlineData("""{"model":"m","messages":[]}""", "max_tokens: Field required")]
    [InlineData("""{"model":"m","max_tokens":1}""", "messages: Field required")]
    [InlineData("""{"model":"m","max_tokens":1.5,"messages":[]}""", "max_tokens: Input should be a valid integer")]
    [InlineData("""{"model":"m","max_tokens":1,"messages":[]}""", "at least one message is required")]
    [InlineData("""{"model":"m","max_tokens":1,"messages":[{"role":"user","content":"Hi"}],"n":1}""", "n: Extra inputs are not permitted")]
    [InlineData("""{"model":"m","max_tokens":1,"messages":[{"role":"system","content":"Hi"}]}""", "Unexpected role")]
    [InlineData("""{"model":"m","max_tokens":1,"messages":[{"role":"assistant","content":"Hi"}]}""", "first message must use the")]
    [InlineData("""{"model":"m","max_tokens":1,"messages":[{"role":"user","content":"Hi","name":"ada"}]}""", "messages.0.name: Extra inputs")]
    [InlineData("""{"model":"m","max_tokens":1,"messages":[{"role":"user","content":""}]}""", "messages.0: all messages must have non-empty content")]
    [InlineData("""{"model":"m","max_tokens":1,"messages":[{"role":"user","content":[{"type":"text","text":""}]}]}""", "text content blocks must be non-empty")]
    [InlineData("""{"model":"m","max_tokens":1,"messages":[{"role":"user","content":[{"type":"text","text":" \n"}]}]}""", "must contain non-whitespace text")]
    [InlineData("""{"model":"m","max_tokens":1,"messages":[{"role":"user","content":[{"type":"text","text":"x","refusal":"y"}]}]}""", "messages.0.content.0.text.refusal: Extra")]
    [InlineData("""{"model":"m","max_tokens":1,"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Well "}]}""", "trailing whitespace")]
    [InlineData("""{"model":"m","max_tokens":1,"messages":[{"role":"user","content":"Hi"}],"stop_sequences":["\n"]}""", "must contain non-whitespace")]
    [InlineData("""{"model":"m","max_tokens":1,"messages":[{"role":"user","content":"Hi"}],"temperature":1.2}""", "temperature: range: 0..1")]
    [InlineData("""{"model":"m","max_tokens":1,"messages":[{"role":"user","content":"Hi"}],"metadata":{"user_id":"a@b.de"}}""", "email address")]
    [InlineData("""{"model":"m","max_tokens":1,"messages":[{"role":"user","content":"Hi"}],"system":[{"type":"text","text":""}]}""", "system: text content blocks must be non-empty")]
    [InlineData("""{"model":"m",""", "not valid JSON")]
    public async Task It_refuses_what_the_provider_refuses(string body, string message)
    {
        using var response = await _client.SendAsync(Post(body));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var error = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync());
        Assert.Equal("invalid_request_error", error.GetProperty("error").GetProperty("type").GetString());
        Assert.Contains(message, error.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x-api-key", HttpStatusCode.Unauthorized)]
    [InlineData("anthropic-version", HttpStatusCode.BadRequest)]
    public async Task It_asks_for_its_headers(string header, HttpStatusCode expected)
    {
        var request = Post($$"""{"model":"m","max_tokens":1,"messages":[{{Hi}}]}""");
        request.Headers.Remove(header);

        using var response = await _client.SendAsync(request);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task It_answers_plain_and_streamed()
    {
        using var plain = await _client.SendAsync(Post($$"""{"model":"m","max_tokens":1,"messages":[{{Hi}}]}"""));
        using var streamed = await _client.SendAsync(Post($$"""{"model":"m","max_tokens":1,"messages":[{{Hi}}],"stream":true}"""));

        Assert.Equal("msg_01FakeAnthropicMessage00", JsonSerializer.Deserialize<JsonElement>(await plain.Content.ReadAsStringAsync()).GetProperty("id").GetString());
        var events = await streamed.Content.ReadAsStringAsync();
        Assert.StartsWith("event: message_start\ndata: {", events, StringComparison.Ordinal);
        Assert.EndsWith("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n", events, StringComparison.Ordinal);
    }

    private HttpRequestMessage Post(string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, _upstream.ApiBase + "/v1/messages") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("x-api-key", _upstream.ApiKey);
        request.Headers.Add("anthropic-version", "2023-06-01");
        return request;
    }
}
