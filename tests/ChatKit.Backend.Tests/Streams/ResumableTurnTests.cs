using System.Net;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ChatKit.Backend.Protocol;
using ChatKit.Backend.Streams;
using ChatKit.Backend.Tests.Hosting;
using ChatKit.Backend.Turns;
using ChatKit.Data.Chat;
using ChatKit.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ChatKit.Backend.Tests.Streams;

public sealed class ResumableTurnTests
{
    /// <summary>Created, the message, options, added, part added: what comes before the first word.</summary>
    private const int Before = 5;

    [Fact]
    public async Task Events_are_numbered_and_the_end_is_said()
    {
        await using var host = await BackendHost.StartAsync(Answers.Saying("Hello"));
        using var response = await host.BeginAsync(Calls.Create("Hi"));
        var events = await response.AllNumberedAsync();

        Assert.Equal(["thread.created", "thread.item.done", "stream_options", "thread.item.done"], events.Select(static one => one.Data.Type()));
        Assert.Equal([1, 2, 3, 4], events.Select(static one => one.Number));
        Assert.Equal(response.Headers.GetValues("X-ChatKit-Stream").Single(), events[0].Id[..^2]);
    }

    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task A_turn_goes_on_without_its_client_who_comes_back_to_the_rest(DatabaseKind kind)
    {
        var words = Channel.CreateUnbounded<string>();
        await using var host = await BackendHost.StartAsync(Speaking(words.Reader), kind);
        var (thread, last) = await HearAsync(host, words, "one ", "two ");
        words.Writer.TryWrite("three ");
        using var back = await host.FollowAsync(thread, last);
        words.Writer.TryWrite("four");
        words.Writer.Complete();
        var rest = await back.AllNumberedAsync();
        await host.IdleAsync();

        Assert.Equal(["three ", "four"], rest.Where(static one => one.Data.IsDelta()).Select(static one => one.Data.Text()));
        Assert.Equal(Enumerable.Range(Before + 3, rest.Count), rest.Select(static one => one.Number));
        var items = await host.ItemsAsync(thread);
        Assert.Equal(["user_message", "assistant_message"], items.Select(static item => item.Type()));
        Assert.Equal("one two three four", items[1].Text());
    }

    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task A_second_tab_at_another_replica_sees_everything_from_the_beginning(DatabaseKind kind)
    {
        var words = Channel.CreateUnbounded<string>();
        await using var first = await BackendHost.StartAsync(Speaking(words.Reader), kind);
        await using var second = await BackendHost.StartAsync(Answers.Nothing, kind, shared: first.Database);
        using var one = await first.BeginAsync(Calls.Create("Hi"));
        await using var mine = one.NumberedAsync().GetAsyncEnumerator();
        words.Writer.TryWrite("one ");
        var begun = await mine.TakeAsync(Before + 1);
        var thread = begun[0].Data.GetProperty("thread").Id();

        var other = await FollowedAsync(second, thread);
        await using var theirs = other.NumberedAsync().GetAsyncEnumerator();
        var seen = await theirs.TakeAsync(Before + 1);
        words.Writer.TryWrite("two");
        words.Writer.Complete();
        var restOfMine = await mine.TakeAsync(100);
        var restOfTheirs = await theirs.TakeAsync(100);

        Assert.Equal([.. begun.Concat(restOfMine).Select(Text)], seen.Concat(restOfTheirs).Select(Text));
        Assert.Equal("two", restOfTheirs[0].Data.Text());
    }

    /// <summary>More than stays in memory, so that what was is read from the database and what is from memory.</summary>
    [Fact]
    public async Task A_long_answer_is_seen_once_and_in_order_by_whoever_comes_late()
    {
        var words = Channel.CreateUnbounded<string>();
        await using var host = await BackendHost.StartAsync(Speaking(words.Reader));
        using var one = await host.BeginAsync(Calls.Create("Hi"));
        await using var mine = one.NumberedAsync().GetAsyncEnumerator();
        var thread = (await mine.TakeAsync(1))[0].Data.GetProperty("thread").Id();
        for (var batch = 0; batch < 5; batch++)
        {
            for (var i = 0; i < 100; i++)
                words.Writer.TryWrite($"{(batch * 100) + i} ");
            await mine.TakeAsync(batch == 0 ? Before - 1 + 100 : 100);
            await StoredAsync(host, events: Before + ((batch + 1) * 100));
        }

        using var late = await host.FollowAsync(thread);
        words.Writer.TryWrite("last");
        words.Writer.Complete();
        var events = await late.AllNumberedAsync();

        Assert.Equal(Enumerable.Range(1, events.Count), events.Select(static one => one.Number));
        Assert.Equal([.. Enumerable.Range(0, 500).Select(static i => $"{i} "), "last"], events.Where(static one => one.Data.IsDelta()).Select(static one => one.Data.Text()));
    }

    [Fact]
    public async Task Who_has_everything_hears_that_it_is_over()
    {
        await using var host = await BackendHost.StartAsync(Answers.Saying("Hello"));
        using var response = await host.BeginAsync(Calls.Create("Hi"));
        var events = await response.AllNumberedAsync();
        var thread = events[0].Data.GetProperty("thread").Id();

        using var again = await host.FollowAsync(thread, events[^1].Id);
        Assert.Empty(await again.AllNumberedAsync());
        using var half = await host.FollowAsync(thread, events[1].Id);
        Assert.Equal([3, 4], (await half.AllNumberedAsync()).Select(static one => one.Number));
    }

    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task A_stop_is_asked_for_at_any_replica_and_keeps_what_was_said(DatabaseKind kind)
    {
        await using var first = await BackendHost.StartAsync(Answers.Pausing("Once upon"), kind);
        await using var second = await BackendHost.StartAsync(Answers.Nothing, kind, shared: first.Database);
        using var response = await first.BeginAsync(Calls.Create("Hi"));
        await using var events = response.NumberedAsync().GetAsyncEnumerator();
        var thread = (await events.TakeAsync(Before + 1))[0].Data.GetProperty("thread").Id();

        Assert.Equal(HttpStatusCode.NoContent, await second.CancelAsync(thread));

        Assert.Empty(await events.TakeAsync(1));
        await using var database = first.Database.Open();
        Assert.Equal(
            ["user_message", "assistant_message", "sdk_hidden_context"],
            await database.Items.Where(item => item.ThreadId == thread).OrderBy(item => item.Sequence).Select(item => item.Type).ToListAsync());
    }

    /// <summary>A process that was killed renews nothing: whoever follows its turn elsewhere must not wait for ever.</summary>
    [Fact]
    public async Task A_turn_whose_process_is_gone_ends_with_an_error()
    {
        await using var host = await BackendHost.StartAsync(Answers.Nothing);
        var thread = await host.NewThreadAsync();
        var lost = TimeProvider.System.GetUtcNow().UtcDateTime - StreamJournal.Abandoned - TimeSpan.FromSeconds(1);
        await using (var database = host.Database.Open())
        {
            database.TurnStreams.Add(new TurnStreamRow { Id = "str_lost", ThreadId = thread, UserId = "alice", StartedAt = lost, AliveAt = lost });
            await database.SaveChangesAsync();
        }

        using var response = await host.FollowAsync(thread);
        var only = Assert.Single(await response.AllNumberedAsync());
        Assert.Equal("""{"type":"error","code":"stream.error","allow_retry":true}""", only.Data.GetRawText());
    }

    [Fact]
    public async Task Nothing_to_follow_is_no_content_and_what_is_not_kept_is_gone()
    {
        await using var host = await BackendHost.StartAsync(Answers.Saying("Hello"));
        var thread = await host.NewThreadAsync();

        using var nothing = await host.FollowAsync(thread);
        Assert.Equal(HttpStatusCode.NoContent, nothing.StatusCode);
        using var gone = await host.FollowAsync(thread, "str_1234567890abcdef:3");
        await gone.ProblemAsync(HttpStatusCode.Gone);
        foreach (var malformed in (string[])["3", "str_x", "str_x:", "str_x:-1", ":3", "str_x:99999999999999999999"])
        {
            using var refused = await host.FollowAsync(thread, malformed);
            await refused.ProblemAsync(HttpStatusCode.BadRequest);
        }
    }

    [Fact]
    public async Task Somebody_elses_turn_is_not_there()
    {
        var pausing = Answers.Pausing("Once upon");
        await using var host = await BackendHost.StartAsync(new Answers((turn, cancel) => (turn.Thread.UserId == "mallory" ? Answers.Nothing : pausing).RespondAsync(turn, cancel)));
        using var response = await host.BeginAsync(Calls.Create("Hi"));
        await using var events = response.NumberedAsync().GetAsyncEnumerator();
        var begun = await events.TakeAsync(Before + 1);
        var thread = begun[0].Data.GetProperty("thread").Id();

        using var running = await host.FollowAsync(thread, user: "mallory");
        using var resumed = await host.FollowAsync(thread, begun[2].Id, user: "mallory");
        var mallorys = await host.NewThreadAsync(user: "mallory");
        using var byOwnThread = await host.FollowAsync(mallorys, begun[2].Id, user: "mallory");

        await running.ProblemAsync(HttpStatusCode.NotFound);
        await resumed.ProblemAsync(HttpStatusCode.NotFound);
        await byOwnThread.ProblemAsync(HttpStatusCode.Gone);
        Assert.Equal(HttpStatusCode.NotFound, await host.CancelAsync(thread, "mallory"));
        Assert.Equal(HttpStatusCode.NoContent, await host.CancelAsync(thread));
    }

    [Fact]
    public async Task A_thread_that_is_deleted_takes_its_running_turn_and_its_events_with_it()
    {
        await using var host = await BackendHost.StartAsync(Answers.Pausing("Once upon"));
        using var response = await host.BeginAsync(Calls.Create("Hi"));
        await using var events = response.NumberedAsync().GetAsyncEnumerator();
        var thread = (await events.TakeAsync(Before + 1))[0].Data.GetProperty("thread").Id();

        await host.AskAsync("threads.delete", $$"""{"thread_id":"{{thread}}"}""");
        await host.IdleAsync();

        await using var database = host.Database.Open();
        Assert.Equal((0, 0), (await database.TurnStreams.CountAsync(), await database.TurnStreamChunks.CountAsync()));
    }

    private static string Text(NumberedEvent one) => $"{one.Id} {one.Data.GetRawText()}";

    /// <summary>Begins a turn, hears these words, and goes. The thread, and the last event that was heard.</summary>
    private static async Task<(string Thread, string Last)> HearAsync(BackendHost host, Channel<string> words, params string[] spoken)
    {
        using var response = await host.BeginAsync(Calls.Create("Hi"));
        await using var events = response.NumberedAsync().GetAsyncEnumerator();
        foreach (var word in spoken)
            words.Writer.TryWrite(word);
        var heard = await events.TakeAsync(Before + spoken.Length);
        return (heard[0].Data.GetProperty("thread").Id(), heard[^1].Id);
    }

    private static async Task<HttpResponseMessage> FollowedAsync(BackendHost host, string thread)
    {
        var response = await host.FollowAsync(thread);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return response;
    }

    private static async Task StoredAsync(BackendHost host, int events)
    {
        await using var database = host.Database.Open();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await database.TurnStreamChunks.MaxAsync(chunk => (long?)chunk.Last, patience.Token) is not { } last || last < events)
            await Task.Delay(StreamJournal.Interval, TimeProvider.System, patience.Token);
    }

    /// <summary>Says each word as it is given.</summary>
    private static Answers Speaking(ChannelReader<string> words) => new((turn, cancel) => SpeakAsync(turn, words, cancel));

    private static async IAsyncEnumerable<ThreadEvent> SpeakAsync(Turn turn, ChannelReader<string> words, [EnumeratorCancellation] CancellationToken cancel)
    {
        var message = Answers.Message(turn, "");
        yield return new ItemAdded(message with { Content = [] });
        yield return new ItemUpdated(message.Id, new ContentPartAdded(0, OutputText.Blank));
        var text = "";
        await foreach (var word in words.ReadAllAsync(cancel))
        {
            text += word;
            yield return new ItemUpdated(message.Id, new TextDelta(0, word));
        }

        yield return new ItemDone(message with { Content = [new OutputText(text, [])] });
    }
}
