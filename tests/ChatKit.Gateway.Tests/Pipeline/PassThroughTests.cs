using System.Net;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Pipeline;

/// <summary>The ordinary call: what reaches the provider, and what comes back.</summary>
public sealed class PassThroughTests : GatewayTest
{
    private protected override UpstreamDialect Dialect => new OpenAiDialect { RefusesUnknownMembers = false };

    [Fact]
    public async Task A_plain_call_is_answered_with_the_clients_model_name()
    {
        using var response = await Gateway.ChatAsync(Plain);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(OpenAiReplies.Completion("Hello from the fake upstream.", "gpt"), await response.Content.ReadAsStringAsync());
        Assert.Equal("gpt-4o-upstream", Upstream.Requests.Single().Json.GetProperty("model").GetString());
    }

    [Fact]
    public async Task A_stream_is_relayed_event_by_event_without_the_usage_that_nobody_asked_for()
    {
        using var response = await Gateway.ChatAsync(Streamed);
        var body = await response.Content.ReadAsStringAsync();
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        var expected = OpenAiReplies.Stream("Hello from the fake upstream.", "gpt", withUsage: true).Where(e => !e.Contains("\"choices\":[]"));
        Assert.Equal(string.Concat(expected), body);
        Assert.Equal("""{"include_usage":true}""", Upstream.Requests.Single().Json.GetProperty("stream_options").GetRawText());
    }

    [Fact]
    public async Task Usage_is_shown_to_a_client_that_asks_for_it()
    {
        using var response = await Gateway.ChatAsync(Streamed.Replace("}]", "}],\"stream_options\":{\"include_usage\":true}"));
        Assert.Equal(string.Concat(OpenAiReplies.Stream("Hello from the fake upstream.", "gpt", withUsage: true)), await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Every_byte_that_is_not_the_models_name_reaches_the_provider_as_it_was()
    {
        const string Body = """
             { "temperature" : 1.50e0, "messages":[ {"content":"caf\u00e9 é \ud83d\ude00","role":"user","x":[1,2.0]} ],
               "unknown" : { "deep":[{"a":1E+2}] , "empty":{ } } ,"model":"gpt","seed":12345678901234567890 }
            """;
        using var response = await Gateway.ChatAsync(Body);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(Body.Replace("\"gpt\"", "\"gpt-4o-upstream\""), Upstream.Requests.Single().BodyText);
    }

    [Fact]
    public async Task Every_byte_that_is_not_the_models_name_reaches_the_client_as_it_was()
    {
        const string Answer = """
             {"unknown" : [1.0,2e3, null],
              "model" :"gpt-4o-2024", "choices":[{"message":{"content":"caf\u00e9 é","model":"inner"},"finish_reason":"stop","extra":{}}] }
            """;
        Upstream.Then(Replies.Json(Answer));
        using var response = await Gateway.ChatAsync(Plain);
        Assert.Equal(Answer.Replace("gpt-4o-2024", "gpt"), await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Chunks_keep_their_bytes_their_comments_and_their_unknown_events()
    {
        const string Stream =
            ": connected\n\nevent: chunk\nid: 1\ndata: { \"choices\":[{\"delta\":{\"content\":\"é\"}}] , \"model\":\"m\",\"new\":1.0}\n\n" +
            "data: {\"object\":\"something.new\",\"model\":\"m\"}\r\n\r\ndata: [DONE]\n\n";
        Upstream.Then(Replies.Sse([Stream]));
        using var response = await Gateway.ChatAsync(Streamed);
        Assert.Equal(Stream.Replace("\"m\"", "\"gpt\""), await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_chunk_that_is_spread_over_lines_arrives_on_one()
    {
        Upstream.Then(Replies.Sse(["data: {\"model\":\"m\",\ndata: \"choices\":[{\"delta\":{\"content\":\"x\"}}]}\n\ndata: [DONE]\n\n"]));
        using var response = await Gateway.ChatAsync(Streamed);
        Assert.Equal("data: {\"model\":\"gpt\", \"choices\":[{\"delta\":{\"content\":\"x\"}}]}\n\ndata: [DONE]\n\n", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_stream_means_the_same_wherever_the_provider_cuts_it()
    {
        var stream = string.Concat(OpenAiReplies.Stream("Grüße, 世界", "m", withUsage: true));
        var expected = string.Concat(OpenAiReplies.Stream("Grüße, 世界", "gpt", withUsage: true).Where(e => !e.Contains("\"choices\":[]")));
        for (var cut = 1; cut < stream.Length; cut += 7)
        {
            Upstream.Then(Replies.Sse([stream[..cut], stream[cut..]]));
            using var response = await Gateway.ChatAsync(Streamed);
            Assert.Equal(expected, await response.Content.ReadAsStringAsync());
        }
    }

    [Theory]
    [InlineData("/chat/completions")]
    [InlineData("/v1/chat/completions")]
    [InlineData("/engines/gpt/chat/completions")]
    [InlineData("/openai/deployments/gpt/chat/completions?api-version=2024-10-21")]
    public async Task Every_path_of_chat_completions_is_served(string path)
    {
        using var body = new StringContent(path.Contains("gpt") ? Plain.Replace("\"model\":\"gpt\",", "") : Plain);
        using var response = await Gateway.Client.PostAsync(path, body);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("\"model\":\"gpt\"", await response.Content.ReadAsStringAsync());
        Assert.Equal("gpt-4o-upstream", Upstream.Requests.Single().Json.GetProperty("model").GetString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task A_body_is_read_as_JSON_whatever_it_calls_itself(string? contentType)
    {
        using var body = new ByteArrayContent([0xEF, 0xBB, 0xBF, .. System.Text.Encoding.UTF8.GetBytes(Plain)]);
        if (contentType is not null) body.Headers.TryAddWithoutValidation("Content-Type", contentType);
        using var response = await Gateway.Client.PostAsync("/v1/chat/completions", body);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task The_provider_sees_its_own_key_and_nothing_of_the_clients_headers()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent(Plain) };
        request.Headers.Add("Cookie", "session=client-secret");
        request.Headers.Add("X-Forwarded-For", "10.1.2.3");
        request.Headers.Add("x-api-key", "client-secret");
        using var response = await Gateway.Client.SendAsync(request);
        var sent = Upstream.Requests.Single();
        Assert.Equal($"Bearer {Upstream.ApiKey}", sent.Headers["Authorization"]);
        Assert.DoesNotContain(sent.Headers, header => header.Value.Contains("client-secret") || header.Value.Contains("10.1.2.3") || header.Value.Contains(GatewayHost.MasterKey));
    }

    [Fact]
    public async Task LiteLLMs_own_fields_stay_here_and_what_is_not_obeyed_is_told()
    {
        using var response = await Gateway.ChatAsync(
            """{"fallbacks":["b"],"model":"gpt","num_retries":1,"messages":[{"role":"user","content":"hi"}],"timeout":30,"tags":["a"],"cache":{},"litellm_trace_id":"t","metadata":{"tags":["x"]}}""");
        Assert.Equal("""{"model":"gpt-4o-upstream","messages":[{"role":"user","content":"hi"}]}""", Upstream.Requests.Single().BodyText);
        Assert.Equal("litellm_trace_id, metadata", response.Headers.GetValues("x-chatkit-losses").Single());
    }

    [Fact]
    public async Task A_body_of_20_MB_passes()
    {
        var text = new string('x', 20 * 1024 * 1024);
        using var response = await Gateway.ChatAsync($$"""{"model":"gpt","messages":[{"role":"user","content":"{{text}}"}]}""");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(text.Length, Upstream.Requests.Single().Json.GetProperty("messages")[0].GetProperty("content").GetString()!.Length);
    }

    [Fact]
    public async Task A_large_answer_passes()
    {
        Upstream.Then(Replies.Json(OpenAiReplies.Completion(new string('y', 5_000_000), "m")));
        using var response = await Gateway.ChatAsync(Plain);
        Assert.True((await response.Content.ReadAsByteArrayAsync()).Length > 5_000_000);
    }
}
