using System.Net;
using System.Text.Json;
using ChatKit.Backend.Protocol;
using ChatKit.Backend.Tests.Hosting;
using ChatKit.Backend.Turns;
using Xunit;

namespace ChatKit.Backend.Tests.Threads;

public sealed class ClientToolTests
{
    /// <summary>Calls a tool when the user speaks, and talks on when the output comes.</summary>
    private static readonly Answers Calling = new((turn, _) => (turn.Input is null
        ? new ThreadEvent[] { new ItemDone(Answers.Message(turn, "Got it")) }
        : [new ItemDone(Call(turn, $"tc_{turn.Input.Id}")), new ItemDone(Answers.Message(turn, "never said"))]).ToAsyncEnumerable());

    [Fact]
    public async Task A_pending_call_ends_the_stream()
    {
        await using var host = await BackendHost.StartAsync(Calling);
        var events = await host.StreamAsync(Calls.Create("Hi"));

        Assert.Equal("client_tool_call", events[^1].GetProperty("item").Type());
        Assert.Equal(["user_message", "client_tool_call"], (await host.ItemsAsync(events.ThreadId())).Select(item => item.Type()));
    }

    [Fact]
    public async Task Older_calls_that_never_got_their_output_are_deleted()
    {
        await using var host = await BackendHost.StartAsync(Calling);
        var thread = await host.NewThreadAsync();
        await host.StreamAsync(Calls.Add(thread, "Never mind"));
        await host.StreamAsync(Output(thread, "7"));

        var items = await host.ItemsAsync(thread);
        Assert.Equal(["user_message", "user_message", "client_tool_call", "assistant_message"], items.Select(item => item.Type()));
        Assert.Equal((7, "completed"), (items[2].GetProperty("output").GetInt32(), items[2].GetProperty("status").GetString()));
    }

    [Fact]
    public async Task An_output_that_nobody_waits_for_is_refused_and_stores_nothing()
    {
        await using var host = await BackendHost.StartAsync(Calling);
        var thread = await host.NewThreadAsync();
        await host.StreamAsync(Output(thread, """{"ok":null}"""));

        await host.RefusedAsync(HttpStatusCode.UnprocessableEntity, Output(thread, "1"));
        await host.RefusedAsync(HttpStatusCode.NotFound, Output("thr_none", "1"));
        await host.RefusedAsync(HttpStatusCode.NotFound, Output(thread, "1"), user: "mallory");
        await host.RefusedAsync(HttpStatusCode.UnprocessableEntity, Calls.Body("threads.add_client_tool_output", $$"""{"thread_id":"{{thread}}"}"""));
        Assert.Equal("""{"ok":null}""", (await host.ItemsAsync(thread))[1].GetProperty("output").GetRawText());
    }

    private static string Output(string thread, string result) =>
        Calls.Body("threads.add_client_tool_output", $$"""{"thread_id":"{{thread}}","result":{{result}}}""");

    private static ClientToolCall Call(Turn turn, string id) => new()
    {
        Id = id,
        ThreadId = turn.Thread.Id,
        CreatedAt = DateTimeOffset.UnixEpoch,
        Status = ToolCallStatus.Pending,
        CallId = "call_1",
        Name = "get_selection",
        Arguments = JsonDocument.Parse("""{"hint":null}""").RootElement,
    };
}
