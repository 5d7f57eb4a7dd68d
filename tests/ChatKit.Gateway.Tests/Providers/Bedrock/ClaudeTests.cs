using System.Net;
using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers.Bedrock;

/// <summary>Anthropic's Messages in front, Claude on Bedrock behind: its own words both ways.</summary>
public sealed class ClaudeTests : GatewayTest
{
    private const string Hi = """{ "model":"gpt", "max_tokens" : 9,"messages":[{"role":"user","content":"hi"}]}""";

    private protected override UpstreamDialect Dialect => new BedrockDialect();

    private protected override IEnumerable<Deployment> Deployments() =>
    [
        new Conformance.BedrockSubject().At(Upstream),
        new Conformance.BedrockSubject().At(Upstream) with { Id = "d2", GroupName = "nova", UpstreamModel = "amazon.nova-pro-v1:0" },
    ];

    [Fact]
    public async Task A_request_goes_on_byte_for_byte_but_for_what_the_address_says()
    {
        Upstream.Then(BedrockClaudeReplies.Text("Hello."));

        using var response = await MessagesAsync(Hi, ("anthropic-beta", "interleaved-thinking-2025-05-14, claude-code-20250219"));
        var answer = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync());

        var request = Upstream.Requests.Single();
        Assert.EndsWith("/invoke", request.RawTarget, StringComparison.Ordinal);
        Assert.Equal(
            """{"max_tokens" : 9,"messages":[{"role":"user","content":"hi"}],"anthropic_version":"bedrock-2023-05-31","anthropic_beta":["interleaved-thinking-2025-05-14"]}""",
            request.BodyText);
        Assert.Equal(("gpt", "Hello."), (answer.GetProperty("model").GetString(), answer.GetProperty("content")[0].GetProperty("text").GetString()));
        Assert.Equal("anthropic-beta: claude-code-20250219", response.Headers.GetValues("x-chatkit-losses").Single());
    }

    [Fact]
    public async Task A_stream_comes_out_of_its_chunks_as_anthropic_s_events()
    {
        Upstream.Then(BedrockClaudeReplies.Text("one two"));

        using var response = await MessagesAsync(Hi.Replace("9", "9,\"stream\":true", StringComparison.Ordinal));
        var body = await response.Content.ReadAsStringAsync();

        Assert.EndsWith("/invoke-with-response-stream", Upstream.Requests.Single().RawTarget, StringComparison.Ordinal);
        Assert.Equal(
            ["message_start", "content_block_start", "ping", "content_block_delta", "content_block_delta", "content_block_stop", "message_delta", "message_stop"],
            body.Split('\n').Where(static line => line.StartsWith("event: ", StringComparison.Ordinal)).Select(static line => line["event: ".Length..]));
        Assert.Contains("\"model\":\"gpt\"", body, StringComparison.Ordinal);
        Assert.Contains("\"amazon-bedrock-invocationMetrics\":{", body, StringComparison.Ordinal);
        Assert.EndsWith("}\n\n", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exception_before_the_first_word_is_a_status_in_anthropic_s_shape()
    {
        Upstream.Then(BedrockClaudeReplies.Broken(2, "throttlingException", "Too many requests"));

        using var response = await MessagesAsync(Hi.Replace("9", "9,\"stream\":true", StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Contains("\"type\":\"rate_limit_error\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exception_after_words_is_an_event()
    {
        Upstream.Then(BedrockClaudeReplies.Broken(5, "modelStreamErrorException", "The model broke."));

        using var response = await MessagesAsync(Hi.Replace("9", "9,\"stream\":true", StringComparison.Ordinal));
        var body = await response.Content.ReadAsStringAsync();

        Assert.Contains("event: error\ndata: {\"type\":\"error\"", body, StringComparison.Ordinal);
        Assert.DoesNotContain("message_stop", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_models_answer_messages_through_their_chat()
    {
        using var response = await MessagesAsync(Hi.Replace("gpt", "nova", StringComparison.Ordinal));
        var answer = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync());

        Assert.EndsWith("/model/amazon.nova-pro-v1%3A0/converse", Upstream.Requests.Single().RawTarget, StringComparison.Ordinal);
        Assert.Equal(("message", "Hello from the fake upstream."), (answer.GetProperty("type").GetString(), answer.GetProperty("content")[0].GetProperty("text").GetString()));
    }

    private async Task<HttpResponseMessage> MessagesAsync(string body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/messages") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await Gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }
}
