using System.Net;
using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Gateway.Tests.Providers.Conformance;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers.GenerateContent;

/// <summary>Google's dialect in front of Google's models: bytes there and bytes back.</summary>
public sealed class PassThroughTests : GatewayTest
{
    private const string Odd = """{ "contents" : [ {"role":"user","parts":[{"text":"caf\u00e9"}]} ] , "generationConfig":{"temperature":0.50,"topK":4e1} }""";

    private static readonly GeminiSubject Gemini = new();

    private protected override UpstreamDialect Dialect => Gemini.Dialect;

    private protected override IEnumerable<Deployment> Deployments() => [Gemini.At(Upstream), Gemini.At(Upstream) with
    {
        Id = "d2",
        GroupName = "with/defaults",
        DefaultParameters =
        [
            new("temperature", "0.1"u8.ToArray()), new("max_tokens", "64"u8.ToArray()), new("safety_settings", """[{"category":"HARM_CATEGORY_HARASSMENT","threshold":"OFF"}]"""u8.ToArray()),
            new("logit_bias", "{}"u8.ToArray()),
        ],
    }];

    [Fact]
    public async Task The_clients_bytes_reach_the_provider()
    {
        using var response = await PostAsync("/v1beta/models/gpt:generateContent", Odd);

        Assert.True(response.StatusCode is HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        var request = Upstream.Requests.Single();
        Assert.Equal((Odd, "/v1beta/models/gemini-3.5-flash:generateContent"), (request.BodyText, request.Path));
    }

    [Fact]
    public async Task The_providers_bytes_reach_the_client()
    {
        const string Answer = """{ "candidates":[{"content":{"parts":[{"text":"Hi","aura":1.50}]},"finishReason":"STOP","aura":{}}],"new":[1e2],"usageMetadata":{"promptTokenCount":"3"} }""";
        Upstream.Then(Replies.Json(Answer));

        using var response = await PostAsync("/v1/models/gpt:generateContent", Odd);

        Assert.Equal(Answer, await response.Content.ReadAsStringAsync());
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Events_pass_as_they_came()
    {
        string[] events = [
            ": hello\n\n",
            GeminiReplies.Event("""{"candidates": [{"content": {"parts": [{"text": "a"}]},"aura":1}]}"""),
            "event: new\r\ndata: {\"x\":1}\r\n\r\n",
            GeminiReplies.Event("""{"candidates": [{"content": {"parts": [{"text": ""}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":1}}""")];
        Upstream.Then(Replies.Sse(events));

        using var response = await PostAsync("/v1beta/models/gpt:streamGenerateContent?alt=sse", Odd);

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(string.Concat(events), await response.Content.ReadAsStringAsync());
        Assert.Equal(("/v1beta/models/gemini-3.5-flash:streamGenerateContent", "?alt=sse"), (Upstream.Requests.Single().Path, Upstream.Requests.Single().Query));
    }

    [Fact]
    public async Task Without_sse_a_stream_is_an_array()
    {
        Upstream.Then(Gemini.Text("one two"));

        using var response = await PostAsync("/v1beta/models/gpt:streamGenerateContent", Odd);

        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        var events = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync());
        Assert.Equal(["one", " two", ""], events.EnumerateArray().Select(answer => answer.GetProperty("candidates")[0].GetProperty("content").GetProperty("parts")[0].GetProperty("text").GetString()));
    }

    [Theory]
    [InlineData("?alt=sse")]
    [InlineData("")]
    public async Task A_stream_that_breaks_ends_with_Googles_error(string query)
    {
        Upstream.Then(Gemini.ErrorInStream(words: 2));

        using var response = await PostAsync($"/v1beta/models/gpt:streamGenerateContent{query}", Odd);

        var text = await response.Content.ReadAsStringAsync();
        var error = query.Length > 0 ? JsonSerializer.Deserialize<JsonElement>(text[text.IndexOf("{\"error\"", StringComparison.Ordinal)..]) : JsonSerializer.Deserialize<JsonElement>(text)[2];
        Assert.Equal((503, "UNAVAILABLE"), (error.GetProperty("error").GetProperty("code").GetInt32(), error.GetProperty("error").GetProperty("status").GetString()));
    }

    [Theory]
    [InlineData("?alt=sse")]
    [InlineData("")]
    public async Task An_error_has_its_status_and_Googles_shape(string query)
    {
        Upstream.Then(GeminiReplies.Error(429, "Quota.", "RESOURCE_EXHAUSTED", """[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"26s"}]"""));

        using var response = await PostAsync($"/v1beta/models/gpt:streamGenerateContent{query}", Odd);

        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(26)), (response.StatusCode, response.Headers.RetryAfter?.Delta));
        var error = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync()).GetProperty("error");
        Assert.Equal(("RESOURCE_EXHAUSTED", 429), (error.GetProperty("status").GetString(), error.GetProperty("code").GetInt32()));
        Assert.Contains("Quota.", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1beta/models/with/defaults:generateContent")]
    [InlineData("/v1beta/models/with%2Fdefaults:generateContent")]
    public async Task A_deployments_defaults_stand_where_the_client_said_nothing(string path)
    {
        using var response = await PostAsync(path, """{"model":"models/x","tags":["a"],"num_retries":1,"contents":[{"parts":[{"text":"Hi"}]}],"generation_config":{"temperature":0.9}}""");

        Assert.True(response.StatusCode is HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        Assert.Equal(
            """{"contents":[{"parts":[{"text":"Hi"}]}],"generation_config":{"temperature":0.9,"maxOutputTokens":64},"safetySettings":[{"category":"HARM_CATEGORY_HARASSMENT","threshold":"OFF"}]}""",
            Upstream.Requests.Single().BodyText);
        Assert.Contains("logit_bias", response.Headers.GetValues("x-chatkit-losses").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?key=")]
    [InlineData("?alt=sse&key=")]
    public async Task The_key_may_stand_in_the_address(string query)
    {
        using var client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = Gateway.Address };
        using var right = await client.PostAsync($"/v1beta/models/gpt:generateContent{query}{GatewayHost.MasterKey}", new StringContent(Odd));
        using var wrong = await client.PostAsync($"/v1beta/models/gpt:generateContent{query}sk-wrong", new StringContent(Odd));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (right.StatusCode, wrong.StatusCode));
        Assert.Equal("UNAUTHENTICATED", JsonSerializer.Deserialize<JsonElement>(await wrong.Content.ReadAsStringAsync()).GetProperty("error").GetProperty("status").GetString());
        Assert.DoesNotContain(GatewayHost.MasterKey, Upstream.Requests.Single().Query, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1beta/models/gpt")]
    [InlineData("/v1beta/models/gpt:embedContent")]
    [InlineData("/v1beta/models/:generateContent")]
    public async Task What_is_no_method_of_a_model_is_not_found(string path)
    {
        using var response = await PostAsync(path, Odd);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("NOT_FOUND", JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync()).GetProperty("error").GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("""{"contents":[{"parts":[{"text":"Hi"}]}]}""", """{"contents":[{"parts":[{"text":"Hi"}]}]}""")]
    [InlineData("""{"generateContentRequest":{"model":"models/x","contents":[{"parts":[{"text":"Hi"}]}]}}""", """{"generateContentRequest":{"contents":[{"parts":[{"text":"Hi"}]}],"model":"models/gemini-3.5-flash"}}""")]
    public async Task Tokens_are_counted_by_the_provider(string given, string sent)
    {
        using var response = await PostAsync("/v1beta/models/gpt:countTokens", given);

        Assert.Equal(31, JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync()).GetProperty("totalTokens").GetInt32());
        Assert.Equal((sent, "/v1beta/models/gemini-3.5-flash:countTokens"), (Upstream.Requests.Single().BodyText, Upstream.Requests.Single().Path));
    }

    private Task<HttpResponseMessage> PostAsync(string path, string body) => Gateway.Client.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));
}
