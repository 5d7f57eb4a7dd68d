using System.Runtime.CompilerServices;
using ChatKit.Backend.Protocol;
using ChatKit.Backend.Tests.Hosting;
using ChatKit.Backend.Turns;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ChatKit.Backend.Tests.Turns;

public sealed class TurnTests
{
    [Fact]
    public async Task A_failure_is_one_error_event_without_its_cause_and_a_clean_end()
    {
        await using var host = await BackendHost.StartAsync(new Answers((turn, _) => FailAsync(turn, new InvalidOperationException("password=hunter2"))));
        var events = await host.StreamAsync(Calls.Create("Hi"));

        Assert.Equal("""{"type":"error","code":"stream.error","allow_retry":true}""", events[^1].GetRawText());
        Assert.Single(events, one => one.Type() == "error");
        Assert.Equal(2, (await host.ItemsAsync(events.ThreadId())).Count);
        Assert.Contains(host.Logs.At(LogLevel.Warning), line => line.Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_failure_that_the_responder_names_reaches_the_user()
    {
        var failure = new ResponderException(new ErrorEvent(ErrorEvent.Custom, "Out of paper.", AllowRetry: false), "tray 2");
        await using var host = await BackendHost.StartAsync(new Answers((turn, _) => FailAsync(turn, failure)));
        var events = await host.StreamAsync(Calls.Create("Hi"));

        Assert.Equal("""{"type":"error","code":"custom","message":"Out of paper.","allow_retry":false}""", events[^1].GetRawText());
    }

    [Fact]
    public async Task Leaving_before_anything_was_said_stores_the_note_alone()
    {
        await using var host = await BackendHost.StartAsync(Answers.Pausing("  \n"));
        var thread = await LeaveAsync(host, Calls.Create("Hi"), after: 6);

        Assert.Equal(["user_message", "sdk_hidden_context"], await TypesAsync(host, thread));
    }

    [Fact]
    public async Task Leaving_is_no_error_and_the_thread_goes_on()
    {
        await using var host = await BackendHost.StartAsync(Answers.Pausing("Once upon"));
        var thread = await LeaveAsync(host, Calls.Create("Hi"), after: 6);
        await LeaveAsync(host, Calls.Add(thread, "Go on"), after: 5);

        Assert.Equal(
            ["user_message", "assistant_message", "sdk_hidden_context", "user_message", "assistant_message", "sdk_hidden_context"],
            await TypesAsync(host, thread));
        Assert.Empty(host.Logs.At(LogLevel.Warning));
    }

    [Fact]
    public async Task A_stop_of_the_server_keeps_what_was_said_and_lets_the_client_retry()
    {
        var host = await BackendHost.StartAsync(Answers.Pausing("Once upon"));
        await using var _ = host;
        using var response = await host.PostAsync(Calls.Create("Hi"));
        await using var events = response.EventsAsync().GetAsyncEnumerator();
        for (var i = 0; i < 6; i++)
            await events.MoveNextAsync();
        var stopping = host.StopAsync();

        Assert.True(await events.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.Equal("""{"type":"error","code":"stream.error","allow_retry":true}""", events.Current.GetRawText());
        Assert.False(await events.MoveNextAsync());
        await stopping;
        await using var database = host.Database.Open();
        Assert.Equal(["user_message", "assistant_message"], await database.Items.OrderBy(item => item.Sequence).Select(item => item.Type).ToListAsync());
    }

    [Fact]
    public async Task What_the_responder_changes_on_the_thread_is_sent_after_the_event_and_kept()
    {
        await using var host = await BackendHost.StartAsync(new Answers(ChangeAsync));
        var events = await host.StreamAsync(Calls.Create("Hi"));
        var shown = await host.AskAsync("threads.get_by_id", $$"""{"thread_id":"{{events.ThreadId()}}"}""");

        Assert.Equal(["notice", "thread.updated", "progress_update", "thread.updated"], events.Skip(3).Select(one => one.Type()));
        Assert.Equal("""{"type":"locked","reason":"done"}""", events[^1].GetProperty("thread").GetProperty("status").GetRawText());
        Assert.Equal("Set", shown.GetProperty("title").GetString());
        Assert.Equal("""["img.example"]""", shown.GetProperty("allowed_image_domains").GetRawText());
    }

    [Fact]
    public async Task A_title_that_the_worker_makes_meanwhile_is_pushed_once()
    {
        await using var host = await BackendHost.StartAsync(new Answers(TickAsync));
        using var response = await host.PostAsync(Calls.Create("Hi"));
        var updates = new List<string?>();
        await foreach (var one in response.EventsAsync())
        {
            if (one.Type() == "thread.created")
                await host.Database.ExecuteAsync("UPDATE threads SET generated_title = 'A greeting'");
            if (one.Type() == "thread.updated")
                updates.Add(one.GetProperty("thread").GetProperty("title").GetString());
        }

        Assert.Equal(["A greeting"], updates);
    }

    internal static async Task<string> LeaveAsync(BackendHost host, string call, int after)
    {
        var thread = "";
        using (var response = await host.PostAsync(call))
        {
            var seen = 0;
            await foreach (var one in response.EventsAsync())
            {
                thread = one.Type() == "thread.item.added" ? one.GetProperty("item").GetProperty("thread_id").GetString()! : thread;
                if (++seen == after)
                    break;
            }
        }

        await host.IdleAsync();
        return thread;
    }

    private static async Task<List<string>> TypesAsync(BackendHost host, string thread)
    {
        await using var database = host.Database.Open();
        return await database.Items.Where(item => item.ThreadId == thread).OrderBy(item => item.Sequence).Select(item => item.Type).ToListAsync();
    }

    private static async IAsyncEnumerable<ThreadEvent> FailAsync(Turn turn, Exception failure)
    {
        yield return new ItemDone(Answers.Message(turn, "complete"));
        yield return new ItemAdded(Answers.Message(turn, "begun"));
        await Task.Yield();
        throw failure;
    }

    private static async IAsyncEnumerable<ThreadEvent> ChangeAsync(Turn turn, [EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.Yield();
        turn.Thread.Title = "Set";
        turn.Thread.AllowedImageDomains = ["img.example"];
        yield return new Notice(NoticeLevel.Info, "First");
        yield return new ProgressUpdate("Still here");
        turn.Thread.Status = new LockedStatus("done");
    }

    private static async IAsyncEnumerable<ThreadEvent> TickAsync(Turn turn, [EnumeratorCancellation] CancellationToken cancel)
    {
        for (var i = 0; i < 8; i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(400), TimeProvider.System, cancel);
            yield return new ProgressUpdate($"{i}");
        }
    }
}
