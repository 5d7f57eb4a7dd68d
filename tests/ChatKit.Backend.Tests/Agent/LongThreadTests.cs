using System.Text.Json;
using ChatKit.Backend.Agent.Context;
using ChatKit.Backend.Items;
using ChatKit.Backend.Protocol;
using ChatKit.Backend.Tests.Hosting;
using ChatKit.Backend.Tools;
using ChatKit.Testing.Upstream;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.ML.Tokenizers;
using Xunit;

namespace ChatKit.Backend.Tests.Agent;

/// <summary>Threads that have outgrown their model. Tokens are counted by OpenAI's o200k, which is not what the product estimates with.</summary>
public sealed class LongThreadTests
{
    private const int Window = 4000;

    private static readonly Tokenizer Tokens = TiktokenTokenizer.CreateForModel("gpt-4o");

    [Fact]
    public async Task A_thread_of_200_turns_never_asks_for_more_than_the_window_and_keeps_the_newest_messages()
    {
        await using var gateway = await StartGatewayAsync();
        await using var host = await BackendHost.StartAsync(gateway: gateway.ApiBase);
        var thread = await host.NewThreadAsync("Remember: the code word is heron.");
        await FillAsync(host, thread, turns: 179);
        for (var turn = 180; turn < 200; turn++)
            await host.StreamAsync(Calls.Add(thread, $"Question {turn}: {Prose(40)}"));

        var requests = Chats(gateway);
        Assert.All(requests, request => Assert.InRange(Count(request), 1, Window));
        var answered = requests.Where(request => !IsSummary(request)).ToList();
        var last = answered[^1].GetProperty("messages").GetRawText();
        Assert.Contains("Question 199", last, StringComparison.Ordinal);
        Assert.Contains("Question 198", last, StringComparison.Ordinal);
        Assert.Contains("SUMMARY", last, StringComparison.Ordinal);
        Assert.DoesNotContain("Question 10:", last, StringComparison.Ordinal);
        // The first turn sums up 179 turns piece by piece; the twenty that follow, a few times and not each time.
        Assert.InRange(requests.Count(IsSummary), 2, 40);
        Assert.InRange(answered.Count, 21, 21);
        var items = await host.AskAsync("items.list", $$"""{"thread_id":"{{thread}}","limit":100}""");
        Assert.DoesNotContain("SUMMARY", items.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_summary_is_kept_and_not_made_anew_with_every_turn()
    {
        await using var gateway = await StartGatewayAsync();
        await using var host = await BackendHost.StartAsync(gateway: gateway.ApiBase);
        var thread = await host.NewThreadAsync("Begin");
        await FillAsync(host, thread, turns: 40);
        await host.StreamAsync(Calls.Add(thread, "One"));
        var summaries = Chats(gateway).Count(IsSummary);
        await host.StreamAsync(Calls.Add(thread, "Two"));
        await host.StreamAsync(Calls.Add(thread, "Three"));

        Assert.True(summaries > 0);
        Assert.Equal(summaries, Chats(gateway).Count(IsSummary));
        Assert.Contains("SUMMARY", Chats(gateway)[^1].GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_says_itself_that_it_is_too_much_is_given_less()
    {
        await using var gateway = await FakeUpstream.StartAsync(new GatewayDialect("demo"));
        gateway.Always = (request, http) => (IsSummary(request.Json) ? OpenAiReplies.Text("SUMMARY")
            : Count(request.Json) > Window ? OpenAiReplies.Error(400, "This model's maximum context length is 4000 tokens.", "invalid_request_error", code: "context_length_exceeded")
            : OpenAiReplies.Text("Fine."))(request, http);
        await using var host = await BackendHost.StartAsync(gateway: gateway.ApiBase);
        var thread = await host.NewThreadAsync("Begin");
        await FillAsync(host, thread, turns: 100);
        var events = await host.StreamAsync(Calls.Add(thread, "Now?"));

        Assert.Equal("Fine.", events[^1].GetProperty("item").Text());
        Assert.DoesNotContain(events, one => one.Type() == "error");
    }

    [Fact]
    public async Task A_single_message_that_is_too_long_is_told_so()
    {
        await using var gateway = await StartGatewayAsync();
        await using var host = await BackendHost.StartAsync(gateway: gateway.ApiBase);
        var events = await host.StreamAsync(Calls.Create(Prose(10_000)));

        Assert.Equal("""{"type":"error","code":"custom","message":"The message is too long for this model. Shorten it, or choose another model.","allow_retry":false}""", events[^1].GetRawText());
        Assert.Empty(Chats(gateway));
    }

    [Fact]
    public async Task When_no_summary_can_be_made_the_older_messages_are_left_out_and_the_answer_given()
    {
        await using var gateway = await StartGatewayAsync(summary: OpenAiReplies.Error(500, "no", "server_error"));
        await using var host = await BackendHost.StartAsync(gateway: gateway.ApiBase);
        var thread = await host.NewThreadAsync("Begin");
        await FillAsync(host, thread, turns: 40);
        var events = await host.StreamAsync(Calls.Add(thread, "Still there?"));

        Assert.Equal("Fine.", events[^1].GetProperty("item").Text());
        Assert.Contains("left out", Chats(gateway)[^1].GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rounds_of_tools_stay_within_the_window_and_every_call_keeps_an_output()
    {
        await using var gateway = await FakeUpstream.StartAsync(new GatewayDialect("demo") { Groups = [("demo", Window, "chat")] });
        var tool = new TestTool("read", (_, _) => Task.FromResult(new ToolResult(Prose(900))));
        gateway.Always = (request, http) => (request.Json.GetProperty("messages").GetArrayLength() > 14
            ? OpenAiReplies.Text("Read.")
            : ModelReplies.Calls(("read", "{}")))(request, http);
        await using var host = await BackendHost.StartAsync(gateway: gateway.ApiBase, services: services => services.AddSingleton<ITool>(tool));
        var events = await host.StreamAsync(Calls.Create(Prose(800)));

        Assert.Equal("Read.", events[^1].GetProperty("item").Text());
        Assert.All(Chats(gateway), request => Assert.InRange(Count(request), 1, Window));
        var messages = Chats(gateway)[^1].GetProperty("messages").EnumerateArray().ToList();
        Assert.Equal(
            messages.Where(message => message.TryGetProperty("tool_calls", out _)).SelectMany(message => message.GetProperty("tool_calls").EnumerateArray()).Count(),
            messages.Count(message => message.GetProperty("role").GetString() == "tool"));
    }

    [Theory]
    [InlineData("The quick brown fox jumps over the lazy dog. It was not amused, and said so at some length to whoever would listen.")]
    [InlineData("Où est passée la bibliothèque où j'avais rangé les vieilles œuvres complètes de Molière, celles reliées en cuir ?")]
    [InlineData("今日は天気がいいですね。散歩に行きましょう。你好，世界！我们去公园吧。")]
    [InlineData("Съешь же ещё этих мягких французских булок, да выпей чаю. Ελληνικά κείμενα είναι επίσης εδώ.")]
    [InlineData("""for (var i = 0; i < items.Count; i++) { if (items[i] is { Id: var id } && id.StartsWith("x")) yield return (i, id); }""")]
    [InlineData("3.14159265358979 2.71828182845904 1.41421356237309 0123456789 9876543210 42")]
    [InlineData("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg")]
    [InlineData("🎉🚀👩‍👩‍👧‍👦 emoji 🇫🇷 and 😀😃😄")]
    public void The_estimate_is_not_below_the_count_and_not_far_above_it(string text)
    {
        var counted = Tokens.CountTokens(text);

        Assert.InRange(TokenEstimate.Of(text), counted * 0.9, (counted * 2.2) + 3);
    }

    private static Task<FakeUpstream> StartGatewayAsync(Reply? summary = null) => StartAsync(summary ?? OpenAiReplies.Text($"SUMMARY. {Prose(60)}"));

    private static async Task<FakeUpstream> StartAsync(Reply summary)
    {
        var gateway = await FakeUpstream.StartAsync(new GatewayDialect("demo") { Groups = [("demo", Window, "chat")] });
        gateway.Always = (request, http) => (IsSummary(request.Json) ? summary : OpenAiReplies.Text("Fine."))(request, http);
        return gateway;
    }

    /// <summary>Turns as they would have been stored.</summary>
    private static async Task FillAsync(BackendHost host, string thread, int turns)
    {
        await using var database = host.Database.Open();
        var sequence = await database.Items.Where(item => item.ThreadId == thread).MaxAsync(item => item.Sequence);
        for (var turn = 1; turn <= turns; turn++)
        {
            var now = TimeProvider.System.GetUtcNow();
            Add(new UserMessage { Id = $"u{turn}", ThreadId = thread, CreatedAt = now, Content = [new InputText($"Question {turn}: {Prose(40)}")], Attachments = [], InferenceOptions = new InferenceOptions() });
            Add(new AssistantMessage { Id = $"a{turn}", ThreadId = thread, CreatedAt = now, Content = [new OutputText($"Answer {turn}: {Prose(60)}", [])] });
        }

        await database.SaveChangesAsync();
        void Add(ThreadItem item) => database.Items.Add(item.ToRow(++sequence));
    }

    private static List<JsonElement> Chats(FakeUpstream gateway) => [.. gateway.Requests.Where(request => request.Path.EndsWith("/chat/completions", StringComparison.Ordinal)).Select(request => request.Json)];

    private static bool IsSummary(JsonElement request) => request.GetProperty("messages")[0].GetProperty("content").GetString()!.StartsWith("You sum up", StringComparison.Ordinal);

    /// <summary>The whole request, tools and all, by another count than the product's.</summary>
    private static int Count(JsonElement request) => request.GetProperty("messages").EnumerateArray().Sum(message => 4 + Tokens.CountTokens(message.TryGetProperty("content", out var content) ? content.ToString() : "")
        + (message.TryGetProperty("tool_calls", out var calls) ? Tokens.CountTokens(calls.GetRawText()) : 0))
        + (request.TryGetProperty("tools", out var tools) ? Tokens.CountTokens(tools.GetRawText()) : 0);

    private static string Prose(int words) => string.Join(' ', Enumerable.Range(0, words).Select(i => new[] { "the", "river", "carried", "boats", "slowly", "towards", "an", "old", "harbour" }[i % 9]));
}
