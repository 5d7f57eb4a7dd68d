using System.Collections.Frozen;
using System.Text.Json;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Facts;
using ChatKit.Gateway.Routing;
using ChatKit.Gateway.Tests.Hosting;
using ChatKit.Testing.Upstream;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatKit.Gateway.Tests.Pipeline.Continuation;

/// <summary>Streams of a group of three that break off in the middle: what goes on, with whom, and what the client sees of it.</summary>
public sealed class ContinuationTests : IAsyncLifetime
{
    private const string Streamed = """{"model":"gpt","messages":[{"role":"user","content":"Count."}],"stream":true}""";
    private const string WithUsage = """{"model":"gpt","messages":[{"role":"user","content":"Count."}],"stream":true,"stream_options":{"include_usage":true},"max_tokens":100}""";
    private const string Tool = """{"tool_calls":[{"index":0,"id":"c","type":"function","function":{"name":"f","arguments":"{"}}]}""";

    private readonly SettledFacts _facts = new();
    private FakeUpstream[] _upstreams = null!;
    private GatewayHost _gateway = null!;

    private FakeUpstream First => _upstreams[0];

    private FakeUpstream Second => _upstreams[1];

    private FakeUpstream Third => _upstreams[2];

    public async Task InitializeAsync()
    {
        _upstreams = [await FakeUpstream.StartAsync(), await FakeUpstream.StartAsync(), await FakeUpstream.StartAsync()];
        _gateway = await StartAsync("gpt");
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        foreach (var upstream in _upstreams) await upstream.DisposeAsync();
    }

    [Theory]
    [InlineData(SseEnd.Cut)]
    [InlineData(SseEnd.Close)]
    public async Task A_text_that_breaks_off_goes_on_at_the_next_deployment(SseEnd end)
    {
        First.Then(Replies.Sse([Role("a"), Text("a", "One,"), Text("a", " two,")], end));
        Second.Then(Replies.Sse([Role("b"), Text("b", " three,"), Text("b", " four."), Finish("b"), Done]));
        var answer = await AskAsync(Streamed);
        Assert.Equal("One, two, three, four.", answer.Text);
        Assert.Equal(["a"], answer.Chunks.Select(chunk => chunk.GetProperty("id").GetString()).Distinct());
        Assert.Equal(["1"], answer.Chunks.Select(chunk => chunk.GetProperty("created").GetRawText()).Distinct());
        Assert.Equal(["gpt"], answer.Chunks.Select(chunk => chunk.GetProperty("model").GetString()).Distinct());
        Assert.Single(answer.Chunks, chunk => chunk.GetProperty("choices")[0].GetProperty("delta").TryGetProperty("role", out _));
        Assert.Contains(": chatkit: the answer broke off, d2 goes on", answer.Lines);
        Assert.Equal("""{"continuations":[{"model_id":"d2","at":9}],"usage_is_estimated":true}""", answer.Chunks[^1].GetProperty("chatkit").GetRawText());
        Assert.Equal(["data: [DONE]"], answer.Lines.Where(line => line.Contains("DONE")));
        Assert.Equal(["1 First d1 UpstreamTransport", "2 Continuation d2 answered"], await _facts.TakeAsync(2));
    }

    [Fact]
    public async Task Whoever_goes_on_is_told_what_was_said_and_has_so_much_less_to_say()
    {
        First.Then(Replies.Sse([Role("a"), Text("a", "\\\"One\\\"\\n two")], SseEnd.Cut));
        Second.Then(Replies.Sse([Text("b", "."), Finish("b"), Done]));
        await AskAsync(WithUsage);
        var request = Second.Requests[0].Json;
        var messages = request.GetProperty("messages").EnumerateArray().Select(message => (message.GetProperty("role").GetString(), message.GetProperty("content").GetString())).ToList();
        Assert.Equal([("user", "Count."), ("assistant", "\"One\"\n two")], messages[..2]);
        Assert.Equal("user", messages[2].Item1);
        Assert.Contains("exactly where it stops", messages[2].Item2);
        Assert.Equal(97, request.GetProperty("max_tokens").GetInt32());
    }

    [Fact]
    public async Task Usage_is_the_sum_and_marked_where_it_is_estimated()
    {
        First.Then(Replies.Sse([Role("a"), Text("a", "0123456789ab")], SseEnd.Cut));
        Second.Then(Replies.Sse([Text("b", "."), Finish("b"), Usage("b", 30, 5), Done]));
        var answer = await AskAsync(WithUsage);
        var usage = answer.Chunks[^1].GetProperty("usage");
        // Three tokens were said; the prompt of the first was that of the second without them.
        Assert.Equal((57, 8, 65), (usage.GetProperty("prompt_tokens").GetInt32(), usage.GetProperty("completion_tokens").GetInt32(), usage.GetProperty("total_tokens").GetInt32()));
        Assert.True(answer.Chunks[^1].GetProperty("chatkit").GetProperty("usage_is_estimated").GetBoolean());
    }

    [Fact]
    public async Task Usage_that_a_provider_counts_as_it_goes_is_not_estimated()
    {
        var counted = Text("a", "0123456789ab").Replace("\"choices\"", "\"usage\":{\"prompt_tokens\":20,\"completion_tokens\":4,\"total_tokens\":24},\"choices\"");
        First.Then(Replies.Sse([Role("a"), counted], SseEnd.Cut));
        Second.Then(Replies.Sse([Text("b", "."), Finish("b"), Usage("b", 30, 5), Done]));
        var last = (await AskAsync(WithUsage)).Chunks[^1];
        Assert.Equal((50, 9), (last.GetProperty("usage").GetProperty("prompt_tokens").GetInt32(), last.GetProperty("usage").GetProperty("completion_tokens").GetInt32()));
        Assert.False(last.GetProperty("chatkit").TryGetProperty("usage_is_estimated", out _));
    }

    [Fact]
    public async Task Where_the_next_cannot_go_on_the_one_after_it_does()
    {
        First.Then(Replies.Sse([Text("a", "One")], SseEnd.Cut));
        Second.Then(OpenAiReplies.Error(500, "broken", "server_error"));
        Third.Then(Replies.Sse([Text("c", " two."), Finish("c"), Done]));
        Assert.Equal("One two.", (await AskAsync(Streamed)).Text);
        Assert.Equal(["1 First d1 UpstreamTransport", "2 Continuation d2 UpstreamStatus", "3 Continuation d3 answered"], await _facts.TakeAsync(3));
    }

    /// <summary>The request is longer now than it was.</summary>
    [Fact]
    public async Task Whoever_cannot_read_what_was_said_is_passed_over()
    {
        await _gateway.DisposeAsync();
        var small = ModelFacts.Unknown with { ContextWindow = 300 };
        _gateway = await StartAsync("gpt", deployment => deployment with { GivenFacts = small });
        Third.Then(Replies.Sse([Text("c", " two."), Finish("c"), Done]));
        First.Then(Replies.Sse([Text("a", string.Concat(Enumerable.Repeat("One and then ", 200)))], SseEnd.Cut));
        Assert.EndsWith("then  two.", (await AskAsync(Streamed)).Text);
        Assert.Empty(Second.Requests);
        First.Then(Replies.Sse([Text("a", "One")], SseEnd.Cut));
        Second.Then(Replies.Sse([Text("b", " two."), Finish("b"), Done]));
        Assert.Equal("One two.", (await AskAsync(Streamed)).Text);
    }

    [Fact]
    public async Task What_goes_on_may_break_off_too()
    {
        First.Then(Replies.Sse([Role("a"), Text("a", "One")], SseEnd.Cut));
        Second.Then(Replies.Sse([Role("b"), Text("b", " two")], SseEnd.Cut));
        Third.Then(Replies.Sse([Role("c"), Text("c", " three."), Finish("c"), Done]));
        var answer = await AskAsync(Streamed);
        Assert.Equal("One two three.", answer.Text);
        Assert.Contains("""[{"model_id":"d2","at":3},{"model_id":"d3","at":7}]""", answer.Chunks[^1].GetProperty("chatkit").GetRawText());
        var messages = Third.Requests[0].Json.GetProperty("messages");
        Assert.Equal(["user", "assistant", "user", "assistant", "user"], messages.EnumerateArray().Select(message => message.GetProperty("role").GetString()));
        Assert.Equal((" two", 3), (messages[3].GetProperty("content").GetString(), (await _facts.TakeAsync(3)).Length));
    }

    [Fact]
    public async Task Where_nobody_is_left_the_stream_ends_with_its_error()
    {
        First.Then(Replies.Sse([Text("a", "One")], SseEnd.Cut));
        Second.Then(OpenAiReplies.Error(500, "broken", "server_error"));
        Third.Then(OpenAiReplies.Error(500, "broken too", "server_error"));
        var answer = await AskAsync(Streamed);
        Assert.Contains("was cut before the answer was complete", ErrorAnswer.Parse(200, answer.Lines[^1]["data: ".Length..]).Message);
        Assert.Equal(3, (await _facts.TakeAsync(3)).Length);
    }

    [Fact]
    public async Task Thoughts_stay_with_the_part_that_thought_them_first()
    {
        First.Then(Replies.Sse([Delta("a", """{"reasoning_content":"Hm."}"""), Text("a", "One")], SseEnd.Cut));
        Second.Then(Replies.Sse([Delta("b", """{"reasoning_content":"Go on, they say."}"""), Text("b", " two."), Finish("b"), Done]));
        var answer = await AskAsync(Streamed);
        Assert.Equal("One two.", answer.Text);
        Assert.DoesNotContain(answer.Lines, line => line.Contains("they say"));
    }

    [Fact]
    public async Task A_part_that_goes_on_may_call_a_tool()
    {
        First.Then(Replies.Sse([Text("a", "Let me look.")], SseEnd.Cut));
        Second.Then(Replies.Sse([Delta("b", Tool), Finish("b", "tool_calls"), Done]));
        Assert.Contains((await AskAsync(Streamed)).Lines, line => line.Contains("tool_calls\":[{"));
    }

    public static TheoryData<string, string, string[]> Whole() => new()
    {
        { "a tool call", Streamed, [Text("a", "x"), Delta("a", Tool)] },
        { "a refusal", Streamed, [Delta("a", """{"refusal":"I can"}""")] },
        { "thoughts alone", Streamed, [Delta("a", """{"reasoning_content":"Hm."}""")] },
        { "a second choice in the answer", Streamed, [Text("a", "x").Replace("\"index\":0", "\"index\":1")] },
        { "log probabilities in the answer", Streamed, [Text("a", "x").Replace("\"logprobs\":null", "\"logprobs\":{}")] },
        { "an answer that lacks only its terminal", Streamed, [Text("a", "x"), Finish("a")] },
        { "two choices", Streamed.Replace("\"stream\"", "\"n\":2,\"stream\""), [Text("a", "x")] },
        { "log probabilities", Streamed.Replace("\"stream\"", "\"logprobs\":true,\"stream\""), [Text("a", "x")] },
        { "a JSON object", Streamed.Replace("\"stream\"", "\"response_format\":{\"type\":\"json_object\"},\"stream\""), [Text("a", "x")] },
    };

    [Theory]
    [MemberData(nameof(Whole))]
    public async Task What_has_to_come_from_one_mind_ends_with_an_error(string what, string body, string[] events)
    {
        First.Then(Replies.Sse(events, SseEnd.Cut));
        var answer = await AskAsync(body);
        Assert.True(answer.Lines[^1].Contains("\"error\""), what);
        Assert.Empty(Second.Requests);
        Assert.Single(await _facts.TakeAsync(1));
    }

    [Fact]
    public async Task An_error_that_another_would_share_ends_the_stream()
    {
        First.Then(Replies.Sse([Text("a", "x"), "data: {\"error\":{\"message\":\"no\",\"type\":\"invalid_request_error\"}}\n\n"], delay: TimeSpan.FromMilliseconds(100)));
        Assert.Contains("\"error\"", (await AskAsync(Streamed)).Lines[^1]);
        Assert.Empty(Second.Requests);
    }

    [Fact]
    public async Task A_group_that_did_not_opt_in_ends_with_an_error()
    {
        await _gateway.DisposeAsync();
        _gateway = await StartAsync("another");
        First.Then(Replies.Sse([Text("a", "x")], SseEnd.Cut));
        Assert.Contains("\"error\"", (await AskAsync(Streamed)).Lines[^1]);
        Assert.Empty(Second.Requests);
    }

    [Fact]
    public async Task A_stream_that_does_not_break_off_passes_byte_for_byte()
    {
        string[] events = [": hello\n\n", Role("a"), Text("a", "One"), "event: odd\ndata: {\"x\":1}\n\n", Finish("a"), Done];
        First.Then(Replies.Sse(events));
        using var response = await _gateway.ChatAsync(Streamed);
        Assert.Equal(string.Concat(events).Replace("\"m\"", "\"gpt\""), await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_client_is_kept_company_while_somebody_is_found()
    {
        await _gateway.DisposeAsync();
        _gateway = await StartAsync("gpt", keepAlive: TimeSpan.FromMilliseconds(30));
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        First.Then(Replies.Sse([Text("a", "One")], SseEnd.Close));
        Second.Then(async (request, http) =>
        {
            await go.Task.WaitAsync(http.RequestAborted);
            await Replies.Sse([Text("b", " two."), Finish("b"), Done])(request, http);
        });
        using var response = await _gateway.ChatAsync(Streamed);
        using var body = new StreamReader(await response.Content.ReadAsStreamAsync());
        var lines = new List<string?>();
        while (lines.Count(line => line is ": ping") < 2) lines.Add(await body.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20)));
        go.SetResult();
        Assert.Contains("data: [DONE]", await body.ReadToEndAsync());
    }

    [Fact]
    public async Task A_client_that_leaves_while_another_is_asked_ends_everything()
    {
        First.Then(Replies.Sse([Text("a", "One")], SseEnd.Cut));
        Second.Then(Replies.Hang);
        using var client = new CancellationTokenSource();
        var response = await _gateway.ChatAsync(Streamed, client.Token);
        await Second.NextRequestAsync();
        await client.CancelAsync();
        response.Dispose();
        await Second.Requests[0].Disconnected.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(["1 First d1 UpstreamTransport", "2 Continuation d2 ClientLeft"], await _facts.TakeAsync(2));
        Assert.Empty(Third.Requests);
    }

    private const string Done = "data: [DONE]\n\n";

    private static string Role(string id) => Delta(id, """{"role":"assistant","content":""}""");

    private static string Text(string id, string text) => Delta(id, "{\"content\":\"" + text + "\"}");

    private static string Finish(string id, string reason = "stop") => Delta(id, "{}").Replace("\"finish_reason\":null", $"\"finish_reason\":\"{reason}\"");

    private static string Delta(string id, string delta) =>
        $"data: {{{Head(id)},\"choices\":[{{\"index\":0,\"delta\":{delta},\"logprobs\":null,\"finish_reason\":null}}]}}\n\n";

    private static string Usage(string id, int prompt, int completion) =>
        $"data: {{{Head(id)},\"choices\":[],\"usage\":{{\"prompt_tokens\":{prompt},\"completion_tokens\":{completion},\"total_tokens\":{prompt + completion}}}}}\n\n";

    private static string Head(string id) => $"\"id\":\"{id}\",\"object\":\"chat.completion.chunk\",\"created\":{id[0] - 'a' + 1},\"model\":\"m\"";

    private Task<GatewayHost> StartAsync(string group, Func<Deployment, Deployment>? second = null, TimeSpan? keepAlive = null) => GatewayHost.StartAsync(
        services => services.AddSingleton<ISharedRoutingState>(_facts),
        new GatewaySettings { MasterKey = new Secret(GatewayHost.MasterKey), Retries = 0, Continued = new[] { group }.ToFrozenSet(), KeepAlive = keepAlive, Routing = new RoutingSettings { ChecksBefore = true } },
        [.. _upstreams.Select((upstream, i) => GatewayHost.At(upstream, $"d{i + 1}") with { Order = i }).Select((deployment, i) => i == 1 && second is not null ? second(deployment) : deployment)]);

    private async Task<Answer> AskAsync(string body)
    {
        using var response = await _gateway.ChatAsync(body);
        Assert.Equal(200, (int)response.StatusCode);
        return new Answer((await response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private sealed record Answer(string[] Lines)
    {
        public List<JsonElement> Chunks { get; } =
            [.. Lines.Where(line => line.StartsWith("data: {", StringComparison.Ordinal) && !line.Contains("\"error\"")).Select(line => JsonDocument.Parse(line[6..]).RootElement)];

        public string Text => string.Concat(
            from chunk in Chunks
            from choice in chunk.GetProperty("choices").EnumerateArray()
            where choice.GetProperty("delta").TryGetProperty("content", out _)
            select choice.GetProperty("delta").GetProperty("content").GetString());
    }
}
