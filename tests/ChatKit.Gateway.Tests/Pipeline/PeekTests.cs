using System.Text;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Pipeline;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Testing.Upstream;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace ChatKit.Gateway.Tests.Pipeline;

/// <summary>The head of an answer waits for its first content, so that what turns out to be none becomes a true status, or somebody else's answer.</summary>
public sealed class PeekTests : GatewayTest
{
    private const string Role = """data: {"id":"c1","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}""" + "\n\n";
    private const string Usage = """data: {"id":"c1","choices":[],"usage":{"prompt_tokens":3,"completion_tokens":0,"total_tokens":3}}""" + "\n\n";
    private const string Done = "data: [DONE]\n\n";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private protected override IEnumerable<Deployment> Deployments() =>
    [
        GatewayHost.At(Upstream),
        GatewayHost.At(Upstream, "hasty") with { GroupName = "hasty", Timeouts = CallTimeouts.Default with { FirstToken = TimeSpan.FromSeconds(0.5) } },
    ];

    public static TheoryData<string, string[], SseEnd> Nothing() => new()
    {
        { "no event at all", [], SseEnd.Close },
        { "only the terminal", [Done], SseEnd.Close },
        { "the role and the terminal", [Role, Done], SseEnd.Close },
        { "usage and the terminal", [Role, Usage, Done], SseEnd.Close },
        { "comments and the terminal", [": processing\n\n", ": processing\n\n", Done], SseEnd.Close },
        { "the role, and a connection that breaks", [Role], SseEnd.Cut },
        { "an error after the role", [Role, "data: {\"error\":{\"message\":\"busy\",\"code\":503}}\n\n"], SseEnd.Close },
        { "content and an error in one piece", [Role + Content("Hel") + "data: {\"error\":{\"message\":\"busy\",\"code\":503}}\n\n"], SseEnd.Close },
    };

    [Theory]
    [MemberData(nameof(Nothing))]
    public async Task A_stream_without_an_answer_is_an_error_and_somebody_else_is_asked(string what, string[] events, SseEnd end)
    {
        Upstream.Then(Replies.Sse(events, end));
        using (var response = await Gateway.ChatAsync(Streamed))
        {
            Assert.True((int)response.StatusCode is 502 or 503, what);
            await ErrorAnswer.ReadAsync(response);
        }

        Upstream.Then(Replies.Sse(events, end));
        using var second = await Gateway.ChatAsync(Streamed.Replace("\"stream\"", "\"num_retries\":1,\"stream\""));
        Assert.Contains("upstream.", await second.Content.ReadAsStringAsync());
        Assert.Equal("1", second.Headers.GetValues("x-litellm-attempted-retries").Single());
    }

    /// <summary>The model had nothing to say, and says why it stopped.</summary>
    [Fact]
    public async Task An_answer_that_is_empty_for_a_reason_is_an_answer()
    {
        string[] events = [Role, """data: {"id":"c1","choices":[{"index":0,"delta":{},"finish_reason":"content_filter"}]}""" + "\n\n", Done];
        Upstream.Then(Replies.Sse(events));
        using var response = await Gateway.ChatAsync(Streamed);
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal(string.Concat(events), await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("""{"reasoning_content":"Let me see"}""")]
    [InlineData("""{"reasoning":"Let me see"}""")]
    [InlineData("""{"refusal":"I cannot"}""")]
    [InlineData("""{"tool_calls":[{"index":0,"id":"c","type":"function","function":{"name":"f","arguments":""}}]}""")]
    [InlineData("""{"role":"assistant","content":"Hi"}""")]
    public async Task Reasoning_and_tool_calls_and_refusals_are_content(string delta)
    {
        var piece = "data: {\"choices\":[{\"index\":0,\"delta\":" + delta + "}]}\n\n";
        Upstream.Then(Replies.Sse([Role, piece], SseEnd.Silence));
        using var response = await Gateway.ChatAsync(Streamed).WaitAsync(Patience);
        using var body = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.Equal(Role.TrimEnd(), await body.ReadLineAsync().WaitAsync(Patience));
        await body.ReadLineAsync().WaitAsync(Patience);
        Assert.Equal(piece.TrimEnd(), await body.ReadLineAsync().WaitAsync(Patience));
    }

    [Fact]
    public async Task What_is_held_back_is_bounded_in_bytes_and_then_goes_out_as_it_comes()
    {
        var opening = $$$"""data: {"choices":[{"index":0,"delta":{"role":"assistant"},"padding":"{{{new string('x', 100_000)}}}"}]}""" + "\n\n";
        var pieces = Enumerable.Repeat(opening, (UpstreamAttempt.LongestOpening / opening.Length) + 1);
        Upstream.Then(Replies.Sse(pieces, SseEnd.Silence));
        using var response = await Gateway.ChatAsync(Streamed).WaitAsync(Patience);
        Assert.Equal(200, (int)response.StatusCode);
    }

    [Fact]
    public async Task Comments_without_end_are_not_held_back()
    {
        var comment = $": {new string('x', 100_000)}\n\n";
        Upstream.Then(Replies.Sse(Enumerable.Repeat(comment, 20).Append(Done)));
        using var response = await Gateway.ChatAsync(Streamed).WaitAsync(Patience);
        Assert.Equal(502, (int)response.StatusCode);
    }

    [Fact]
    public async Task What_is_held_back_is_bounded_in_time_and_then_somebody_else_is_asked()
    {
        Upstream.Then(Replies.Sse([Role, Role], SseEnd.Silence));
        using var response = await Gateway.ChatAsync(Streamed.Replace("gpt", "hasty").Replace("\"stream\"", "\"num_retries\":1,\"stream\""));
        Assert.Contains("upstream.", await response.Content.ReadAsStringAsync());
        Assert.Equal(2, Upstream.Requests.Count);
        await Upstream.Requests[0].Disconnected.WaitAsync(Patience);
    }

    /// <summary>A test of the held head itself: the client sees no status before the model speaks.</summary>
    [Fact]
    public async Task No_head_goes_out_before_the_first_content()
    {
        var go = new TaskCompletionSource();
        Upstream.Then(async (_, http) =>
        {
            http.Response.ContentType = "text/event-stream";
            await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(Role));
            await http.Response.Body.FlushAsync();
            await go.Task;
            http.Abort();
        });
        var call = Gateway.ChatAsync(Streamed);
        await Upstream.NextRequestAsync();
        go.SetResult();
        using var response = await call;
        Assert.Equal(502, (int)response.StatusCode);
    }

    private static string Content(string text) => $$$"""data: {"id":"c1","choices":[{"index":0,"delta":{"content":"{{{text}}}"}}]}""" + "\n\n";
}
