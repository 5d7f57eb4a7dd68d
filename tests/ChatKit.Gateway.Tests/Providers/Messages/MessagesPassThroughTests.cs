using System.Net;
using System.Text;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers.Messages;

/// <summary>Messages in front of Anthropic itself: what reaches it, and what comes back, byte by byte.</summary>
public sealed class MessagesPassThroughTests : GatewayTest
{
    private const string Asked = """{"model":"gpt","max_tokens":9,"messages":[{"role":"user","content":"hi"}]}""";

    private protected override UpstreamDialect Dialect => new AnthropicDialect();

    private protected override IEnumerable<Deployment> Deployments() =>
    [
        GatewayHost.At(Upstream) with
        {
            Provider = "anthropic",
            UpstreamModel = "claude-sonnet-4-6",
            BaseAddress = new Uri($"{Upstream.Address}/v1"),
            ApiKey = new Secret(AnthropicDialect.Key),
        },
    ];

    [Fact]
    public async Task Every_byte_that_is_not_the_models_name_reaches_the_provider_as_it_was()
    {
        const string Body = """
             { "temperature" : 1.00e0, "messages":[ {"content":"caf\u00e9 é \ud83d\ude00","role":"user"} ],
               "thinking":{"type":"adaptive", "display" : "omitted"} ,"model":"gpt","max_tokens":1000 }
            """;
        using var response = await PostAsync(Body);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(Body.Replace("\"gpt\"", "\"claude-sonnet-4-6\""), Upstream.Requests.Single().BodyText);
    }

    [Fact]
    public async Task Every_byte_that_is_not_the_models_name_reaches_the_client_as_it_was()
    {
        const string Answer = """
             {"aura" : [1.0,2e3, null], "model" :"claude-x", "type":"message","id":"msg_1", "content":[{"type":"aura","model":"inner","text":"caf\u00e9 é"}],
              "stop_reason":"pause_turn","usage":{"input_tokens":5,"cache_read_input_tokens":4,"output_tokens":2,"server_tool_use":{"web_search_requests":1}} }
            """;
        Upstream.Then(Replies.Json(Answer));
        using var response = await PostAsync(Asked);

        Assert.Equal(Answer.Replace("\"claude-x\"", "\"gpt\""), await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Every_event_reaches_the_client_as_it_was()
    {
        string[] events =
        [
            AnthropicReplies.Event("message_start", """{"type":"message_start","message":{"model":"MODEL","id":"msg_1","type":"message","content":[],"usage":{"input_tokens":1,"output_tokens":1}}}"""),
            AnthropicReplies.Event("aura", """{"type":"aura","model":"kept","hue":1.0}"""),
            AnthropicReplies.Event("content_block_start", """{"type":"content_block_start","index":0,"content_block":{"type":"aura","model":"kept"}}"""),
            AnthropicReplies.Event("ping", """{"type": "ping"}"""),
            AnthropicReplies.Event("content_block_delta", """{"type":"content_block_delta","index":0,"delta":{"type":"aura_delta", "hue":2}}"""),
            AnthropicReplies.Event("content_block_stop", """{"type":"content_block_stop","index":0}"""),
            AnthropicReplies.Event("message_delta", """{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":7},"context_management":{"applied_edits":[]}}"""),
            AnthropicReplies.Event("message_stop", """{"type":"message_stop"}"""),
        ];
        Upstream.Then(Replies.Sse(events.Select(static received => received.Replace("MODEL", "claude-x"))));
        using var response = await PostAsync(Asked.Replace("9,", "9,\"stream\":true,"));

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(string.Concat(events).Replace("MODEL", "gpt"), await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_clients_version_and_beta_features_go_on_and_its_key_does_not()
    {
        using var message = Message("/v1/messages?beta=true", Asked);
        message.Headers.Add("anthropic-beta", ["context-1m-2025-08-07", "interleaved-thinking-2025-05-14"]);
        message.Headers.Add("anthropic-version", "2023-06-01");
        message.Headers.Add("x-api-key", GatewayHost.MasterKey);
        Gateway.Client.DefaultRequestHeaders.Authorization = null;
        using var response = await Gateway.Client.SendAsync(message);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var sent = Upstream.Requests.Single().Headers;
        Assert.Equal("context-1m-2025-08-07,interleaved-thinking-2025-05-14", sent["anthropic-beta"].Replace(" ", ""));
        Assert.Equal(("2023-06-01", AnthropicDialect.Key), (sent["anthropic-version"], sent["x-api-key"]));
    }

    [Fact]
    public async Task Fields_for_the_gateway_stay_here_and_are_said_to_be_lost()
    {
        using var response = await PostAsync(Asked.Replace("9,", "9,\"litellm_metadata\":{},\"num_retries\":0,"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("litellm_metadata", response.Headers.GetValues("x-chatkit-losses").Single());
    }

    [Theory]
    [InlineData(400, "invalid_request_error")]
    [InlineData(401, "authentication_error")]
    [InlineData(429, "rate_limit_error")]
    [InlineData(529, "overloaded_error")]
    public async Task A_refusal_has_the_dialects_shape(int status, string type)
    {
        Upstream.Then(AnthropicReplies.Error(status, "It went wrong.", type, ("retry-after", "7")));
        using var response = await PostAsync(Asked);

        Assert.Equal(status is 529 ? 503 : status, (int)response.StatusCode);
        var body = await response.Content.ReadAsStringAsync();
        Assert.StartsWith("""{"type":"error","error":{"type":"TYPE","message":""".Replace("TYPE", type), body, StringComparison.Ordinal);
        Assert.Contains("It went wrong.", body, StringComparison.Ordinal);
        Assert.Equal("7", response.Headers.GetValues("Retry-After").Single());
    }

    [Fact]
    public async Task The_details_of_a_refusal_survive()
    {
        const string Details = """{"error_code":"thread_not_found","thread":1.0}""";
        Upstream.Then(Replies.Status(404, """{"type":"error","error":{"type":"not_found_error","message":"Gone.","details":DETAILS}}""".Replace("DETAILS", Details)));
        using var response = await PostAsync(Asked);

        Assert.EndsWith("\"details\":" + Details + "}}", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_inside_a_stream_is_an_event_of_the_dialect()
    {
        Upstream.Then(AnthropicReplies.ErrorInStream(2, delay: TimeSpan.FromMilliseconds(40)));
        using var response = await PostAsync(Asked.Replace("9,", "9,\"stream\":true,"));
        var body = await response.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_before_the_first_content_is_a_status()
    {
        Upstream.Then(AnthropicReplies.ErrorInStream(0));
        using var response = await PostAsync(Asked.Replace("9,", "9,\"stream\":true,"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
    }

    [Fact]
    public async Task Tokens_are_counted_by_the_provider()
    {
        using var response = await Gateway.Client.SendAsync(Message("/v1/messages/count_tokens?beta=true", """{"model":"gpt","messages":[{"role":"user","content":"hi"}]}"""));

        Assert.Equal("""{"input_tokens":14}""", await response.Content.ReadAsStringAsync());
        Assert.Equal("""{"model":"claude-sonnet-4-6","messages":[{"role":"user","content":"hi"}]}""", Upstream.Requests.Single().BodyText);
    }

    [Theory]
    [InlineData("""{"model":"gpt","max_tokens":9}""", "messages")]
    [InlineData("""{"max_tokens":9,"messages":[{"role":"user","content":"hi"}]}""", "model")]
    [InlineData("""{"model":"unheard-of","max_tokens":9,"messages":[{"role":"user","content":"hi"}]}""", "unheard-of")]
    [InlineData("no json", "JSON")]
    public async Task A_bad_request_is_refused_in_the_dialects_shape(string body, string names)
    {
        using var response = await PostAsync(body);
        var said = await response.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.StartsWith("""{"type":"error","error":{"type":"invalid_request_error","message":""", said, StringComparison.Ordinal);
        Assert.Contains(names, said, StringComparison.Ordinal);
        Assert.Empty(Upstream.Requests);
    }

    [Fact]
    public async Task A_wrong_key_is_refused_in_the_dialects_shape()
    {
        Gateway.Client.DefaultRequestHeaders.Authorization = null;
        using var message = Message("/v1/messages", Asked);
        message.Headers.Add("x-api-key", "sk-wrong");
        using var response = await Gateway.Client.SendAsync(message);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.StartsWith("""{"type":"error","error":{"type":"authentication_error",""", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_asks_with_HEAD_learns_that_somebody_is_there()
    {
        using var response = await Gateway.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private Task<HttpResponseMessage> PostAsync(string body) => Gateway.Client.SendAsync(Message("/v1/messages", body));

    private static HttpRequestMessage Message(string path, string body) => new(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
}
