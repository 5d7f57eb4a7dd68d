using ChatKit.Gateway.Model;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Pipeline;

/// <summary>Retries over real connections: invisible to the client until its first byte, impossible after it.</summary>
public sealed class RetryTests : GatewayTest
{
    private protected override GatewaySettings Settings => new() { MasterKey = new Secret(GatewayHost.MasterKey), Retries = 2 };

    private protected override IEnumerable<Deployment> Deployments() => [GatewayHost.At(Upstream, "d1"), GatewayHost.At(Upstream, "d2"), GatewayHost.At(Upstream, "d3")];

    [Theory]
    [InlineData(Plain)]
    [InlineData(Streamed)]
    public async Task What_fails_before_the_first_byte_is_tried_elsewhere(string body)
    {
        Upstream.Then(Replies.HtmlError(503), body == Plain ? Replies.CutJson("""{"model":"m","choices":[]}""", 10) : OpenAiReplies.ErrorInStream(words: 0));
        using var response = await Gateway.ChatAsync(body);
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("2", response.Headers.GetValues("x-litellm-attempted-retries").Single());
        Assert.Contains("upstream.", await response.Content.ReadAsStringAsync());
        Assert.Equal(3, Upstream.Requests.Count);
        Assert.Single(Upstream.Requests.Select(request => request.BodyText).Distinct());
    }

    [Fact]
    public async Task What_fails_after_the_first_byte_is_not_tried_again()
    {
        Upstream.Then(OpenAiReplies.BrokenStream(words: 1, SseEnd.Cut));
        using var response = await Gateway.ChatAsync(Streamed);
        Assert.Contains("\"error\"", await response.Content.ReadAsStringAsync());
        Assert.Single(Upstream.Requests);
    }

    [Fact]
    public async Task When_all_fail_the_last_error_is_the_answer()
    {
        Upstream.Then(OpenAiReplies.Error(500, "first", "server_error"), OpenAiReplies.Error(500, "second", "server_error"), OpenAiReplies.Error(503, "third", "server_error"));
        using var response = await Gateway.ChatAsync(Plain);
        Assert.Equal((503, "ServiceUnavailableError: openai: third"), ((int)response.StatusCode, (await ErrorAnswer.ReadAsync(response)).Message));
    }

    [Theory]
    [InlineData("""{"model":"gpt","messages":[{"role":"user","content":"hi"}],"num_retries":0}""", null, 1)]
    [InlineData("""{"model":"gpt","messages":[{"role":"user","content":"hi"}],"num_retries":1}""", null, 2)]
    [InlineData("""{"model":"gpt","messages":[{"role":"user","content":"hi"}],"num_retries":0}""", "1", 2)]
    public async Task The_client_may_say_how_often(string body, string? header, int attempts)
    {
        Upstream.Always = Replies.HtmlError(503);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent(body) };
        if (header is not null) request.Headers.Add("x-litellm-num-retries", header);
        using var response = await Gateway.Client.SendAsync(request);
        Assert.Equal(attempts, Upstream.Requests.Count);
    }

    [Theory]
    [InlineData("""{"model":"gpt","messages":[{"role":"user","content":"hi"}],"num_retries":0,"timeout":0.4}""", null, null)]
    [InlineData("""{"model":"gpt","messages":[{"role":"user","content":"hi"}],"num_retries":0,"timeout":100}""", "x-litellm-timeout", "0.4")]
    [InlineData("""{"model":"gpt","messages":[{"role":"user","content":"hi"}],"num_retries":0,"stream":true}""", "x-litellm-timeout", "0.4")]
    [InlineData("""{"model":"gpt","messages":[{"role":"user","content":"hi"}],"num_retries":0,"stream":true}""", "x-litellm-stream-timeout", "0.4")]
    public async Task The_client_may_say_how_long(string body, string? header, string? value)
    {
        Upstream.Always = Replies.Hang;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent(body) };
        if (header is not null) request.Headers.Add(header, value);
        using var response = await Gateway.Client.SendAsync(request);
        Assert.Equal(408, (int)response.StatusCode);
        Assert.Contains("within 0.4 s", (await ErrorAnswer.ReadAsync(response)).Message);
    }
}
