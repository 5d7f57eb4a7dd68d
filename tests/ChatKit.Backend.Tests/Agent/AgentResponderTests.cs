using System.Text.Json;
using ChatKit.Backend.Tests.Hosting;
using ChatKit.Backend.Tests.Turns;
using ChatKit.Testing.Upstream;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ChatKit.Backend.Tests.Agent;

/// <summary>The default responder against a strict gateway on real HTTP.</summary>
public sealed class AgentResponderTests : IAsyncLifetime
{
    private const string PlainFailure = """{"type":"error","code":"stream.error","allow_retry":true}""";

    private FakeUpstream _gateway = null!;
    private BackendHost _host = null!;

    public async Task InitializeAsync()
    {
        _gateway = await FakeUpstream.StartAsync(new GatewayDialect("openai/*", "demo", "gpt-x"));
        _host = await BackendHost.StartAsync(gateway: _gateway.ApiBase);
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task A_model_s_answer_streams_word_by_word_and_is_kept()
    {
        _gateway.Then(OpenAiReplies.Text("Once upon a time — é 🎉"));
        var events = await _host.StreamAsync(Calls.Create("Tell me"));
        var stored = (await _host.ItemsAsync(events.ThreadId()))[1];

        Assert.Equal(
            ["thread.created", "thread.item.done", "stream_options", "thread.item.added", "thread.item.updated"],
            events.Take(5).Select(one => one.Type()));
        Assert.Equal(["Once", " upon", " a", " time", " —", " é", " 🎉"], events.Where(one => one.IsDelta()).Select(one => one.Text()));
        Assert.Equal("Once upon a time — é 🎉", events[^1].GetProperty("item").Text());
        Assert.Equal(events[^1].GetProperty("item").GetRawText(), stored.GetRawText());
        Assert.Matches("^msg_[0-9a-z]{24}$", stored.Id());
    }

    [Fact]
    public async Task The_whole_conversation_reaches_the_model()
    {
        _gateway.Then(OpenAiReplies.Text("Blue."), OpenAiReplies.Text("Because."));
        var thread = await _host.NewThreadAsync("What colour is the sky?");
        await _host.StreamAsync(Calls.Add(thread, "Why?"));

        var request = _gateway.Requests[^1].Json;
        Assert.Equal("demo", request.GetProperty("model").GetString());
        Assert.True(request.GetProperty("stream").GetBoolean());
        Assert.Equal(
            ["user: What colour is the sky?", "assistant: Blue.", "user: Why?"],
            Messages(request).Skip(1));
        Assert.StartsWith("system: You are a helpful assistant.", Messages(request)[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stopped_answer_and_the_note_about_it_reach_the_model()
    {
        _gateway.Then(Replies.Sse(OpenAiReplies.Stream("Once upon", "demo", withUsage: false).Take(3), SseEnd.Silence), OpenAiReplies.Text("Fine."));
        var thread = await TurnTests.LeaveAsync(_host, Calls.Create("A story"), after: 7);
        await _gateway.Requests[^1].Disconnected.WaitAsync(TimeSpan.FromSeconds(10));
        await _host.StreamAsync(Calls.Add(thread, "Something else"));

        var messages = Messages(_gateway.Requests[^1].Json);
        Assert.Equal(["user: A story", "assistant: Once upon"], messages.Skip(1).Take(2));
        Assert.Matches("^user: <hidden_context>\n.*stopped.*\n</hidden_context>\n\nSomething else$", messages[3]);
        Assert.Empty(_host.Logs.At(LogLevel.Warning));
    }

    [Fact]
    public async Task Quotes_and_mentions_reach_the_model()
    {
        await _host.StreamAsync(Calls.Body("threads.create",
            """
            {"input":{"content":[{"type":"input_text","text":"See "},{"type":"input_tag","id":"art_1","text":"Article","data":{"k":"v"}}],
             "attachments":[],"quoted_text":"one\ntwo","inference_options":{}}}
            """));

        Assert.Equal(
            "user: This is about the following passage:\n> one\n> two\n\nSee @Article\n\n@Article is art_1: {\"k\":\"v\"}",
            Messages(_gateway.Requests[^1].Json)[1]);
    }

    [Fact]
    public async Task The_user_s_choice_of_model_wins_and_the_catalog_is_not_asked()
    {
        await _host.StreamAsync(Calls.Create("Hi", """{"model":"gpt-x"}"""));

        var request = Assert.Single(_gateway.Requests);
        Assert.Equal("gpt-x", request.Json.GetProperty("model").GetString());
    }

    [Fact]
    public async Task A_configured_model_and_system_prompt_are_used()
    {
        await using var host = await BackendHost.StartAsync(
            gateway: _gateway.ApiBase, settings: [("CHATKIT_MODEL", "house-model"), ("CHATKIT_SYSTEM_PROMPT", "Speak like a pirate.")]);
        await host.StreamAsync(Calls.Create("Hi"));

        var request = Assert.Single(_gateway.Requests);
        Assert.Equal("house-model", request.Json.GetProperty("model").GetString());
        Assert.Equal("system: Speak like a pirate.", Messages(request.Json)[0]);
    }

    public static TheoryData<string, string> Failures() => new()
    {
        { "500", PlainFailure },
        { "html", PlainFailure },
        { "401", PlainFailure },
        { "cut", PlainFailure },
        { "end without finish", PlainFailure },
        { "error in stream", PlainFailure },
        { "404", """{"type":"error","code":"custom","message":"This model is not available. Choose another one.","allow_retry":true}""" },
        { "429", """{"type":"error","code":"custom","message":"The model is busy. Try again in a moment.","allow_retry":true}""" },
        { "empty", """{"type":"error","code":"custom","message":"The model gave an empty answer.","allow_retry":true}""" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Whatever_goes_wrong_there_is_one_error_event_one_attempt_and_the_next_message_works(string failure, string expected)
    {
        _gateway.Then(failure switch
        {
            "500" => OpenAiReplies.Error(500, "internal-host-10-0-0-7", "server_error"),
            "html" => Replies.HtmlError(502),
            "401" => OpenAiReplies.Error(401, "Incorrect API key provided: sk-12345.", "invalid_request_error"),
            "404" => OpenAiReplies.Error(404, "The model does not exist", "invalid_request_error", code: "model_not_found"),
            "429" => OpenAiReplies.RateLimited(7),
            "cut" => OpenAiReplies.BrokenStream(3, SseEnd.Cut),
            "end without finish" => OpenAiReplies.BrokenStream(3, SseEnd.Close),
            "error in stream" => OpenAiReplies.ErrorInStream(2),
            _ => OpenAiReplies.Text(""),
        });
        var events = await _host.StreamAsync(Calls.Create("Hi"));
        var after = await _host.StreamAsync(Calls.Add(events.ThreadId(), "Again"));

        Assert.Equal(expected, events[^1].GetRawText());
        Assert.Single(events, one => one.Type() == "error");
        Assert.Equal(2, _gateway.Requests.Count(request => request.Path.EndsWith("/chat/completions", StringComparison.Ordinal)));
        Assert.Equal("Hello from the fake upstream.", after[^1].GetProperty("item").Text());
    }

    [Fact]
    public async Task A_gateway_that_is_down_is_an_error_event()
    {
        using var nobody = new RefusedAddress();
        await using var host = await BackendHost.StartAsync(gateway: nobody.ApiBase);
        var events = await host.StreamAsync(Calls.Create("Hi", """{"model":"demo"}"""));

        Assert.Equal(["thread.created", "thread.item.done", "stream_options", "error"], events.Select(one => one.Type()));
        Assert.Equal(PlainFailure, events[^1].GetRawText());
        Assert.Contains("refused", Assert.Single(host.Logs.At(LogLevel.Warning)), StringComparison.Ordinal);
        Assert.DoesNotContain(GatewayDialect.Key, string.Concat(host.Logs.At(LogLevel.Trace)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_cancels_the_call_to_the_gateway()
    {
        _gateway.Then(Replies.Sse(OpenAiReplies.Stream("Once upon", "demo", withUsage: false).Take(2), SseEnd.Silence));
        await TurnTests.LeaveAsync(_host, Calls.Create("A story"), after: 6);

        await _gateway.Requests[^1].Disconnected.WaitAsync(TimeSpan.FromSeconds(10));
    }

    private static List<string> Messages(JsonElement request) => [.. request.GetProperty("messages").EnumerateArray().Select(message =>
    {
        var content = message.GetProperty("content");
        var text = content.ValueKind is JsonValueKind.String
            ? content.GetString()
            : string.Concat(content.EnumerateArray().Select(part => part.GetProperty("text").GetString()));
        return $"{message.GetProperty("role").GetString()}: {text}";
    })];
}
