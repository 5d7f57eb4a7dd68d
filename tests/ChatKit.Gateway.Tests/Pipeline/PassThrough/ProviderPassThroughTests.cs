using System.Net;
using System.Text;
using ChatKit.Gateway.Tests.Config;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Pipeline.PassThrough;

/// <summary>The providers' prefixes: key exchanged, everything else as it came, in both directions.</summary>
public sealed class ProviderPassThroughTests : PassThroughTest
{
    private const string Secret = "real-key-0123456789";

    private protected override void Configure(ConfigFolder folder)
    {
        foreach (var name in (string[])["OPENAI", "ANTHROPIC", "GEMINI", "MISTRAL", "COHERE", "AZURE"]) folder.Set($"{name}_API_KEY", Secret).Set($"{name}_API_BASE", Upstream.Address);
        folder.Set("GOOGLE_VERTEX_API_KEY", Secret).Set("VERTEX_AI_API_BASE", Upstream.Address).Set("OPENAI_API_BASE", $"{Upstream.Address}/v1");
        folder.With("config.yaml", $"{{ model_list: [{{ model_name: served, litellm_params: {{ model: openai/m, api_key: k, api_base: '{Upstream.Address}/v1' }} }}], general_settings: {{ max_request_size_mb: 1 }} }}");
    }

    [Theory]
    [InlineData("/openai/v1/models", "/v1/models", "Authorization", "Bearer " + Secret)]
    [InlineData("/openai/files/f-1/content?limit=2&after=a%2Fb", "/v1/files/f-1/content?limit=2&after=a%2Fb", "Authorization", "Bearer " + Secret)]
    [InlineData("/anthropic/v1/messages/batches", "/v1/messages/batches", "x-api-key", Secret)]
    [InlineData("/gemini/v1beta/models/g:generateContent?alt=sse&key=" + Key, "/v1beta/models/g:generateContent?alt=sse", "x-goog-api-key", Secret)]
    [InlineData("/mistral/v1/ocr", "/v1/ocr", "Authorization", "Bearer " + Secret)]
    [InlineData("/cohere/v2/chat", "/v2/chat", "Authorization", "Bearer " + Secret)]
    [InlineData("/azure/openai/deployments/d/embeddings?api-version=2024-10-21", "/openai/deployments/d/embeddings?api-version=2024-10-21", "api-key", Secret)]
    [InlineData("/vertex_ai/v1/projects/p/locations/eu/publishers/google/models/g:countTokens", "/v1/projects/p/locations/eu/publishers/google/models/g:countTokens", "x-goog-api-key", Secret)]
    [InlineData("/vertex_ai/projects/p/locations/eu/endpoints/1:predict", "/v1/projects/p/locations/eu/endpoints/1:predict", "x-goog-api-key", Secret)]
    [InlineData("/vertex_ai/publishers/google/models/g:generateContent", "/v1/publishers/google/models/g:generateContent", "x-goog-api-key", Secret)]
    public async Task A_prefix_leads_to_its_provider_with_the_provider_s_key(string path, string target, string header, string value)
    {
        using var response = await SendAsync(HttpMethod.Post, path, "{}");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var request = Upstream.Requests.Single();
        Assert.Equal(target, request.RawTarget);
        Assert.Equal(value, request.Headers[header]);
        Assert.DoesNotContain(Key, $"{request.RawTarget} {string.Join(' ', request.Headers.Values)}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    [InlineData("PUT")]
    public async Task Any_method_passes(string method)
    {
        using var response = await SendAsync(new HttpMethod(method), "/openai/v1/vector_stores/vs", method is "GET" or "DELETE" ? null : "{ }");

        Assert.Equal($$"""{"method":"{{method}}","target":"/v1/vector_stores/vs","length":{{(method is "GET" or "DELETE" ? 0 : 3)}}}""", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Bodies_pass_byte_for_byte_in_both_directions()
    {
        const string Body = "{ \"a\" : 1.50,\n\"b\":\"\\u00e9\",\"user_config\":null}";
        Upstream.Then(Replies.Status(418, "{ \"c\" : 2.0 }\n", "application/json; charset=utf-8", ("x-request-id", "r-1"), ("retry-after", "7")));

        using var response = await SendAsync(HttpMethod.Post, "/mistral/v1/agents/completions", Body);

        Assert.Equal(Body, Upstream.Requests.Single().BodyText);
        Assert.Equal(((HttpStatusCode)418, "{ \"c\" : 2.0 }\n"), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.Equal(("r-1", "7"), (response.Headers.GetValues("x-request-id").Single(), response.Headers.GetValues("retry-after").Single()));
        Assert.Single(response.Headers.GetValues("x-litellm-call-id"));
    }

    [Fact]
    public async Task Headers_of_a_dialect_pass_and_those_of_the_connection_and_of_callers_do_not()
    {
        using var response = await SendAsync(
            HttpMethod.Post, "/anthropic/v1/messages", "{}", ("anthropic-beta", "b1"), ("x-api-key", Key), ("Cookie", "session=1"), ("X-Forwarded-For", "10.0.0.7"), ("Origin", "http://localhost"),
            ("x-litellm-tags", "t"), ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"), ("x-pass-x-custom", "c"), ("x-pass-authorization", "stolen"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var headers = Upstream.Requests.Single().Headers;
        Assert.Equal(("b1", "c", "application/json; charset=utf-8", "identity"), (headers["anthropic-beta"], headers["x-custom"], headers["Content-Type"], headers["Accept-Encoding"]));
        Assert.All((string[])["Cookie", "X-Forwarded-For", "Origin", "x-litellm-tags", "traceparent", "Authorization", "x-pass-x-custom"], name => Assert.False(headers.ContainsKey(name), name));
    }

    [Fact]
    public async Task What_the_other_server_says_of_its_connection_and_of_this_page_stays_there()
    {
        Upstream.Then(Replies.Status(200, "{}", "application/json", ("Set-Cookie", "a=b"), ("Strict-Transport-Security", "max-age=1"), ("Access-Control-Allow-Origin", "*"), ("Server", "nginx"), ("x-ok", "1")));

        using var response = await SendAsync(HttpMethod.Get, "/openai/v1/models");

        Assert.Equal("1", response.Headers.GetValues("x-ok").Single());
        Assert.All((string[])["Set-Cookie", "Strict-Transport-Security", "Access-Control-Allow-Origin", "Server"], name => Assert.False(response.Headers.Contains(name), name));
    }

    [Theory]
    [InlineData("/openai/v1/%2e%2e/%2e%2e/admin")]
    [InlineData("/openai/v1/..%2f..%2fadmin")]
    [InlineData("/openai/v1/%252e%252e/admin")]
    [InlineData("/openai/v1/a%5c..%5cadmin")]
    [InlineData("/openai/v1/a%0d%0ax")]
    public async Task No_path_leads_above_the_target(string path)
    {
        var answer = await RawAsync($"GET {path} HTTP/1.1");

        Assert.Matches("^HTTP/1.1 40[04] ", answer);
        Assert.Empty(Upstream.Requests);
    }

    [Fact]
    public async Task No_absolute_address_leads_to_another_host()
    {
        var answer = await RawAsync("GET http://evil.example/openai/v1/models HTTP/1.1");

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Empty(Upstream.Requests);

        await RawAsync("GET /openai//evil.example/@evil.example:80/ HTTP/1.1");
        Assert.Equal("/v1/evil.example/@evil.example:80/", Assert.Single(Upstream.Requests).RawTarget);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(307)]
    public async Task A_redirect_is_neither_followed_nor_passed_on(int status)
    {
        Upstream.Then(Replies.Status(status, "", "text/plain", ("Location", "https://evil.example/")));

        using var response = await SendAsync(HttpMethod.Get, "/openai/v1/models");

        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Null(response.Headers.Location);
        Assert.Single(Upstream.Requests);
    }

    [Fact]
    public async Task Without_a_key_nothing_passes_and_the_refusal_is_in_the_dialect()
    {
        using var response = await SendAsync(HttpMethod.Post, "/anthropic/v1/messages", "{}", ("none", ""));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains("\"type\":\"authentication_error\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(Upstream.Requests);
    }

    [Fact]
    public async Task A_provider_without_credentials_says_what_is_missing()
    {
        using var response = await SendAsync(HttpMethod.Post, "/vllm/v1/tokenize", "{}");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("HOSTED_VLLM_API_BASE", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_that_the_gateway_serves_itself_wins()
    {
        using var response = await SendAsync(HttpMethod.Post, "/openai/deployments/unknown/chat/completions", """{"messages":[{"role":"user","content":"hi"}]}""");

        Assert.Contains("Invalid model name passed in model=unknown", (await ErrorAnswer.ReadAsync(response)).Message, StringComparison.Ordinal);
        Assert.Empty(Upstream.Requests);
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_refused_whether_its_length_is_declared_or_not()
    {
        var large = new byte[2 * 1024 * 1024];
        using var declared = await SendAsync(HttpMethod.Post, "/openai/v1/files", new ByteArrayContent(large));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, declared.StatusCode);

        using var content = new StreamContent(new UnsizedStream(large));
        using var chunked = await SendAsync(HttpMethod.Post, "/openai/v1/files", content);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, chunked.StatusCode);
    }

    [Fact]
    public async Task Events_arrive_while_the_stream_is_still_open()
    {
        Upstream.Then(Replies.Sse(["data: {\"one\":1}\n\n"], SseEnd.Silence));

        using var response = await SendAsync(HttpMethod.Post, "/openai/v1/responses", """{"stream":true}""");
        await using var body = await response.Content.ReadAsStreamAsync();
        var buffer = new byte[64];
        var count = await body.ReadAsync(buffer);

        Assert.Equal("data: {\"one\":1}\n\n", Encoding.UTF8.GetString(buffer, 0, count));
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_client_that_leaves_takes_the_upstream_along()
    {
        Upstream.Then(Replies.Sse(["data: {}\n\n"], SseEnd.Silence));
        using (var response = await SendAsync(HttpMethod.Post, "/openai/v1/responses", "{}"))
        {
            await using var body = await response.Content.ReadAsStreamAsync();
            Assert.True(await body.ReadAsync(new byte[8]) > 0);
        }

        await (await Upstream.NextRequestAsync()).Disconnected.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task An_answer_that_is_cut_never_looks_complete()
    {
        Upstream.Then(Replies.Sse(["data: {}\n\n"], SseEnd.Cut));
        using var response = await SendAsync(HttpMethod.Post, "/openai/v1/responses", "{}");

        await Assert.ThrowsAnyAsync<Exception>(() => response.Content.ReadAsStringAsync());
    }

    private async Task<string> RawAsync(string requestLine)
    {
        var address = Gateway.Client.BaseAddress!;
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{requestLine}\r\nHost: {address.Authority}\r\nAuthorization: Bearer {Key}\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    private sealed class UnsizedStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
