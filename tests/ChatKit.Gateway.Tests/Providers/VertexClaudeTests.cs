using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers;

/// <summary>Anthropic's Messages in front, Claude on Vertex AI behind: its own words both ways.</summary>
public sealed class VertexClaudeTests : GatewayTest
{
    private const string Model = "/v1/projects/fake/locations/global/publishers/anthropic/models/claude-sonnet-4-5@20250929";
    private const string Hi = """{"model":"gpt","max_tokens" : 9,"messages":[{"role":"user","content":"hi"}]}""";

    private protected override UpstreamDialect Dialect => new VertexClaudeDialect();

    private protected override IEnumerable<Deployment> Deployments() => [new Conformance.VertexClaudeSubject().At(Upstream)];

    [Fact]
    public async Task A_request_goes_on_byte_for_byte_but_for_the_model()
    {
        using var response = await SendAsync("/v1/messages", Hi);
        var answer = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync());

        var request = Upstream.Requests.Single();
        Assert.Equal($"{Model}:rawPredict", request.Path);
        Assert.Equal("""{"max_tokens" : 9,"messages":[{"role":"user","content":"hi"}],"anthropic_version":"vertex-2023-10-16"}""", request.BodyText);
        Assert.Equal("b1,b2", request.Headers["anthropic-beta"]);
        Assert.Equal("gpt", answer.GetProperty("model").GetString());
    }

    [Fact]
    public async Task A_stream_passes_event_for_event()
    {
        using var response = await SendAsync("/v1/messages", Hi.Replace("9", "9,\"stream\":true", StringComparison.Ordinal));
        var body = await response.Content.ReadAsStringAsync();

        Assert.Equal($"{Model}:streamRawPredict", Upstream.Requests.Single().Path);
        Assert.Equal(string.Concat(AnthropicReplies.Stream("Hello from the fake upstream.", "gpt")), body);
    }

    [Fact]
    public async Task Tokens_are_counted_where_the_model_is()
    {
        Upstream.Then(Replies.Json("""{"input_tokens":14}"""));

        using var response = await SendAsync("/v1/messages/count_tokens", """{"model":"gpt","messages":[{"role":"user","content":"hi"}]}""");

        Assert.Equal("""{"input_tokens":14}""", await response.Content.ReadAsStringAsync());
        Assert.EndsWith("/publishers/anthropic/models/count-tokens:rawPredict", Upstream.Requests.Single().Path, StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> SendAsync(string path, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("anthropic-beta", "b1,b2");
        return await Gateway.Client.SendAsync(request);
    }
}
