using System.Net;
using System.Text.Json;
using ChatKit.Backend.Protocol;
using ChatKit.Backend.Tests.Hosting;
using ChatKit.Backend.Turns;
using Xunit;

namespace ChatKit.Backend.Tests.Actions;

public sealed class ActionTests
{
    [Fact]
    public async Task An_action_at_once_answers_the_changed_item_and_stores_what_the_assistant_saves()
    {
        await using var host = await BackendHost.StartAsync(new Counter());
        var thread = await host.NewThreadAsync();

        var shown = await host.AskAsync("threads.sync_custom_action", Action(thread, "count", "wid_1"));
        Assert.Equal("1", Value(shown.GetProperty("updated_item")));
        Assert.Equal("0", Value((await host.ItemsAsync(thread))[^1]));

        await host.AskAsync("threads.sync_custom_action", Action(thread, "save", "wid_1"));
        Assert.Equal("1", Value((await host.ItemsAsync(thread))[^1]));
        Assert.Equal("Counted", (await host.AskAsync("threads.get_by_id", $$"""{"thread_id":"{{thread}}"}""")).GetProperty("title").GetString());
    }

    [Fact]
    public async Task An_action_of_the_page_has_no_sender_and_may_change_nothing()
    {
        await using var host = await BackendHost.StartAsync(new Counter());
        var answer = await host.AskAsync("threads.sync_custom_action", Action(await host.NewThreadAsync(), "nothing", item: null));
        Assert.Equal("{}", answer.GetRawText());
    }

    [Theory]
    [InlineData("threads.custom_action")]
    [InlineData("threads.sync_custom_action")]
    public async Task What_cannot_act_is_refused_before_anything_happens(string type)
    {
        await using var host = await BackendHost.StartAsync(new Counter());
        var thread = await host.NewThreadAsync();

        await host.RefusedAsync(HttpStatusCode.NotFound, Calls.Body(type, Action("thr_none", "count", "wid_1")));
        await host.RefusedAsync(HttpStatusCode.NotFound, Calls.Body(type, Action(thread, "count", "wid_none")));
        await host.RefusedAsync(HttpStatusCode.NotFound, Calls.Body(type, Action(thread, "count", "wid_1")), user: "mallory");
        await host.RefusedAsync(HttpStatusCode.UnprocessableEntity, Calls.Body(type, $$"""{"thread_id":"{{thread}}","item_id":"wid_1"}"""));
        await host.RefusedAsync(HttpStatusCode.UnprocessableEntity, Calls.Body(type, $$$"""{"thread_id":"{{{thread}}}","action":{"payload":1}}"""));

        await host.AskAsync("threads.sync_custom_action", Action(thread, "lock", "wid_1"));
        Assert.Contains("locked", await host.RefusedAsync(HttpStatusCode.UnprocessableEntity, Calls.Body(type, Action(thread, "count", "wid_1"))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_action_of_another_item_than_a_widget_is_one_error_in_the_stream_and_a_refusal_at_once()
    {
        await using var host = await BackendHost.StartAsync(new Counter());
        var thread = await host.NewThreadAsync();
        var message = (await host.ItemsAsync(thread))[0].Id();

        var only = Assert.Single(await host.StreamAsync(Calls.Body("threads.custom_action", Action(thread, "count", message))));
        Assert.Equal("""{"type":"error","code":"stream.error","allow_retry":false}""", only.GetRawText());
        await host.RefusedAsync(HttpStatusCode.UnprocessableEntity, Calls.Body("threads.sync_custom_action", Action(thread, "count", message)));
    }

    [Fact]
    public async Task An_assistant_without_actions_fails_them_plainly()
    {
        await using var host = await BackendHost.StartAsync(new Answers((turn, _) => new ThreadEvent[] { new ItemDone(Counter.Show(turn, 0)) }.ToAsyncEnumerable()));
        var thread = await host.NewThreadAsync();

        var events = await host.StreamAsync(Calls.Body("threads.custom_action", Action(thread, "count", "wid_1")));
        Assert.Equal(["stream_options", "error"], events.Select(one => one.Type()));
        await host.RefusedAsync(HttpStatusCode.UnprocessableEntity, Calls.Body("threads.sync_custom_action", Action(thread, "count", "wid_1")));
    }

    private static string? Value(JsonElement item) => item.GetProperty("widget").GetProperty("children")[0].GetProperty("value").GetString();

    private static string Action(string thread, string type, string? item)
    {
        var sender = item is null ? "" : $"\"item_id\":\"{item}\",";
        return $$"""{"thread_id":"{{thread}}",{{sender}}"action":{"type":"{{type}}","payload":{"n":null} } }""";
    }

    /// <summary>Shows a number, and counts when asked.</summary>
    private sealed class Counter : IResponder
    {
        public static WidgetItem Show(Turn turn, int number) => new()
        {
            Id = "wid_1",
            ThreadId = turn.Thread.Id,
            CreatedAt = DateTimeOffset.UnixEpoch,
            Widget = new Widget(JsonElement.Parse($$$"""{"type":"Card","children":[{"type":"Text","id":"n","value":"{{{number}}}"}]}""")),
        };

        public IAsyncEnumerable<ThreadEvent> RespondAsync(Turn turn, CancellationToken cancel) =>
            new ThreadEvent[] { new ItemDone(Show(turn, 0)) }.ToAsyncEnumerable();

        public IAsyncEnumerable<ThreadEvent> ActAsync(Turn turn, SentAction action, CancellationToken cancel) =>
            new ThreadEvent[] { new ItemReplaced(Show(turn, 1)) }.ToAsyncEnumerable();

        public async Task<ThreadItem?> ActAtOnceAsync(Turn turn, SentAction action, CancellationToken cancel)
        {
            if (action.Action.Type is "lock")
                turn.Thread.Status = new LockedStatus("counted enough");
            if (action.Sender is null or { Id: not "wid_1" })
                return null;
            if (action.Action.Type is "save")
            {
                turn.Thread.Title = "Counted";
                await turn.SaveAsync(Show(turn, 1));
            }

            return Show(turn, 1);
        }
    }
}
