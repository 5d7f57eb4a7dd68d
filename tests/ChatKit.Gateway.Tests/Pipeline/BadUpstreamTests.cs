using System.Diagnostics;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Pipeline;

/// <summary>What providers and networks do: the right status in bounded time, nothing of theirs or ours leaks, and the next request works.</summary>
public sealed class BadUpstreamTests : GatewayTest
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(0.5);

    /// <summary>A second model, whose provider has little time.</summary>
    private protected override IEnumerable<Deployment> Deployments() =>
    [
        GatewayHost.At(Upstream),
        GatewayHost.At(Upstream) with { GroupName = "hasty", Timeouts = CallTimeouts.Default with { Total = Short, FirstToken = Short, Idle = Short } },
    ];

    [Theory]
    [InlineData(400, "invalid_request_error", "BadRequestError")]
    [InlineData(401, "invalid_request_error", "AuthenticationError")]
    [InlineData(403, "insufficient_permissions", "PermissionDeniedError")]
    [InlineData(404, "invalid_request_error", "NotFoundError")]
    [InlineData(422, "invalid_request_error", "UnprocessableEntityError")]
    [InlineData(429, "tokens", "RateLimitError")]
    [InlineData(500, "server_error", "InternalServerError")]
    [InlineData(503, "server_error", "ServiceUnavailableError")]
    public async Task An_error_answer_keeps_its_status_type_param_and_code_and_says_whose_it_is(int status, string type, string name)
    {
        foreach (var body in (string[])[Plain, Streamed])
        {
            Upstream.Then(OpenAiReplies.Error(status, "Something is wrong.", type, "temperature", "some_code"));
            var error = await FailAsync(body);
            Assert.Equal((status, type, "temperature", "some_code", $"{name}: openai: Something is wrong."), (error.Status, error.Type, error.Param, error.Code, error.Message));
        }
    }

    [Theory]
    [InlineData("""{"error":"plain text"}""", "plain text")]
    [InlineData("""{"object":"error","message":"mistral says","type":"bad","code":1500}""", "mistral says")]
    [InlineData("""{"detail":"fastapi says"}""", "fastapi says")]
    [InlineData("""{"detail":[{"loc":["body"],"msg":"field required"}]}""", "field required")]
    [InlineData("""[{"error":{"message":"google says","code":400,"status":"INVALID"}}]""", "google says")]
    [InlineData("<html>nginx internal-host</html>", "answered 400 without an error message")]
    [InlineData("", "answered 400 without an error message")]
    [InlineData("{}", "answered 400 without an error message")]
    [InlineData("{\"error\":", "answered 400 without an error message")]
    public async Task Every_vendors_idea_of_an_error_is_understood(string body, string message)
    {
        Upstream.Then(Replies.Status(400, body));
        var error = await FailAsync(Plain);
        Assert.Contains(message, error.Message);
        Assert.DoesNotContain("nginx", error.Message);
    }

    [Theory]
    [InlineData("This model's maximum context length is 8192 tokens.")]
    [InlineData("prompt is too long: 210000 tokens > 200000 maximum")]
    public async Task A_prompt_that_is_too_long_is_recognised(string message)
    {
        Upstream.Then(OpenAiReplies.Error(400, message, "invalid_request_error", "messages"));
        var error = await FailAsync(Plain);
        Assert.Equal("context_length_exceeded", error.Code);
        Assert.StartsWith("ContextWindowExceededError: ", error.Message);
    }

    [Fact]
    public async Task A_provider_that_repeats_its_key_does_not_tell_it_to_the_client_or_the_log()
    {
        Upstream.Then(OpenAiReplies.Error(401, $"Incorrect API key provided: {Upstream.ApiKey}.", "invalid_request_error"));
        var error = await FailAsync(Plain);
        Assert.Equal("AuthenticationError: openai: Incorrect API key provided: ****6789.", error.Message);
        Assert.DoesNotContain(Upstream.ApiKey, Gateway.Logs.ToString());
        Assert.DoesNotContain(GatewayHost.MasterKey, Gateway.Logs.ToString());
    }

    [Fact]
    public async Task A_rate_limit_says_when_to_come_back()
    {
        Upstream.Then(OpenAiReplies.RateLimited(17));
        using var response = await Gateway.ChatAsync(Plain);
        Assert.Equal(429, (int)response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(17), response.Headers.RetryAfter?.Delta);
    }

    [Theory]
    [InlineData(500, 500)]
    [InlineData(502, 502)]
    [InlineData(520, 502)]
    [InlineData(529, 503)]
    [InlineData(302, 502)]
    public async Task An_HTML_page_becomes_a_status_without_the_page(int sent, int seen)
    {
        Upstream.Then(Replies.HtmlError(sent));
        var error = await FailAsync(Plain);
        Assert.Equal(seen, error.Status);
        Assert.DoesNotContain("internal-host", error.Message);
    }

    public static TheoryData<string, Reply> Unusable() => new()
    {
        { "an empty 200", Replies.EmptyOk },
        { "a 200 that is not JSON", Replies.Json("Service is warming up") },
        { "a 200 that is an HTML page", Replies.HtmlError(200) },
        { "a JSON list", Replies.Json("[]") },
        { "JSON that ends too early", Replies.Json("""{"model":"m","choices":[{"mess""") },
        { "a connection that breaks in the middle", Replies.CutJson(OpenAiReplies.Completion("x", "m"), keep: 50) },
    };

    [Theory]
    [MemberData(nameof(Unusable))]
    public async Task An_answer_that_is_none_is_a_502(string what, Reply reply)
    {
        foreach (var body in (string[])[Plain, Streamed])
        {
            Upstream.Then(reply);
            var error = await FailAsync(body);
            Assert.True(error.Status == 502, $"{what}: {error}");
            Assert.StartsWith("APIConnectionError: openai: ", error.Message);
        }
    }

    [Theory]
    [InlineData("""{"error":{"message":"upstream is busy","code":429}}""", 429)]
    [InlineData("""{"error":{"message":"no","type":"invalid_request_error"}}""", 400)]
    [InlineData("""{"error":{"message":"broken","code":null}}""", 500)]
    public async Task An_error_inside_a_200_is_an_error(string body, int status)
    {
        Upstream.Then(Replies.Json(body));
        Assert.Equal(status, (await FailAsync(Plain)).Status);
        Upstream.Then(Replies.Sse([$"data: {body}\n\n"]));
        Assert.Equal(status, (await FailAsync(Streamed)).Status);
    }

    [Fact]
    public async Task A_provider_that_does_not_stream_when_asked_is_told_apart()
    {
        Upstream.Then(Replies.Json(OpenAiReplies.Completion("hi", "m")));
        Assert.Contains("one document", (await FailAsync(Streamed)).Message);
    }

    [Fact]
    public async Task A_stream_that_fails_before_its_first_content_is_a_true_status()
    {
        Upstream.Then(OpenAiReplies.ErrorInStream(words: 0));
        Assert.Equal(500, (await FailAsync(Streamed)).Status);
        Upstream.Then(Replies.Sse([], SseEnd.Close));
        Assert.Equal(502, (await FailAsync(Streamed)).Status);
        Upstream.Then(OpenAiReplies.BrokenStream(words: 0, SseEnd.Cut));
        Assert.Equal(502, (await FailAsync(Streamed)).Status);
        Upstream.Then(Replies.Sse(["data: not json\n\n"]));
        Assert.Equal(502, (await FailAsync(Streamed)).Status);
    }

    [Theory]
    [InlineData("gpt", SseEnd.Close, "the stream ended before the answer was complete")]
    [InlineData("gpt", SseEnd.Cut, "the connection was cut before the answer was complete")]
    [InlineData("hasty", SseEnd.Silence, "did not send more of its answer within 0.5 s")]
    public async Task A_stream_that_breaks_off_says_so_in_its_last_event_and_never_ends_as_if_it_were_whole(string model, SseEnd end, string message)
    {
        Upstream.Then(OpenAiReplies.BrokenStream(words: 3, end));
        using var response = await Gateway.ChatAsync(Streamed.Replace("gpt", model));
        Assert.Equal(200, (int)response.StatusCode);
        var events = (await response.Content.ReadAsStringAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(5, events.Length);
        Assert.Contains(" three", events[3]);
        var error = ErrorAnswer.Parse(200, events[4]["data: ".Length..]);
        Assert.Contains(message, error.Message);
        await NextCallWorksAsync();
    }

    [Fact]
    public async Task An_error_event_after_content_reaches_the_client_as_the_last_event()
    {
        Upstream.Then(Replies.Sse(["data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n", "data: {\"error\":{\"message\":\"overloaded\",\"code\":\"x\"}}\n\n"], delay: TimeSpan.FromMilliseconds(50)));
        using var failing = await Gateway.ChatAsync(Streamed);
        var events = (await failing.Content.ReadAsStringAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        var error = ErrorAnswer.Parse(200, events[^1]["data: ".Length..]);
        Assert.Equal(("InternalServerError: openai: overloaded", "x"), (error.Message, error.Code));
    }

    [Theory]
    [InlineData(Plain, "did not send its answer within 0.5 s")]
    [InlineData(Streamed, "did not send the first token within 0.5 s")]
    public async Task Silence_has_an_end(string body, string message)
    {
        Upstream.Then(Replies.Hang);
        var started = Stopwatch.GetTimestamp();
        var error = await FailAsync(body.Replace("gpt", "hasty"));
        Assert.InRange(Stopwatch.GetElapsedTime(started), Short, TimeSpan.FromSeconds(10));
        Assert.Equal((408, "timeout_error"), (error.Status, error.Type));
        Assert.Contains(message, error.Message);
        await Upstream.Requests[0].Disconnected.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Comments_keep_a_stream_alive_but_are_no_first_token()
    {
        Upstream.Then(Replies.Sse(Enumerable.Repeat(": wait\n\n", 50), delay: TimeSpan.FromMilliseconds(50)));
        Assert.Contains("the first token", (await FailAsync(Streamed.Replace("gpt", "hasty"))).Message);
    }

    [Fact]
    public async Task An_event_without_end_is_cut_off()
    {
        Upstream.Then(Replies.Sse(Enumerable.Repeat(new string('x', 1024 * 1024), 18).Prepend("data: ")));
        var error = await FailAsync(Streamed);
        Assert.Contains("larger than the limit", error.Message);
    }

    [Fact]
    public async Task A_refused_connection_and_a_failed_TLS_handshake_are_502()
    {
        using var refused = new RefusedAddress();
        foreach (var (address, message) in ((string, string)[])
        [
            (refused.ApiBase, "the connection was refused or lost"),
            (Upstream.ApiBase.Replace("http://", "https://"), "the TLS handshake failed"),
            ("http://no-such-host.invalid/v1", "its host name cannot be resolved"),
        ])
        {
            await using var gateway = await GatewayHost.StartAsync(GatewayHost.At(address));
            foreach (var body in (string[])[Plain, Streamed])
            {
                using var response = await gateway.ChatAsync(body);
                var error = await ErrorAnswer.ReadAsync(response);
                Assert.Equal((502, "api_connection_error"), (error.Status, error.Type));
                Assert.Contains(message, error.Message);
                Assert.DoesNotContain("127.0.0.1", error.Message);
            }
        }
    }

    [Fact]
    public async Task An_answer_beyond_the_limit_is_not_held_in_memory()
    {
        await using var gateway = await GatewayHost.StartAsync(
            new GatewaySettings { MasterKey = new Secret(GatewayHost.MasterKey), Retries = 0, MaxResponseBytes = 100_000 }, GatewayHost.At(Upstream));
        Upstream.Then(Replies.Json(OpenAiReplies.Completion(new string('y', 200_000), "m")));
        using var response = await gateway.ChatAsync(Plain);
        Assert.Contains("larger than the limit", (await ErrorAnswer.ReadAsync(response)).Message);
    }

    private async Task<ErrorAnswer> FailAsync(string body)
    {
        ErrorAnswer error;
        using (var response = await Gateway.ChatAsync(body)) error = await ErrorAnswer.ReadAsync(response);
        await NextCallWorksAsync();
        return error;
    }
}
