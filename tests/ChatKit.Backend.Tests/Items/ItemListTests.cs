using System.Net;
using ChatKit.Backend.Protocol;
using ChatKit.Backend.Tests.Hosting;
using Xunit;

namespace ChatKit.Backend.Tests.Items;

public sealed class ItemListTests
{
    /// <summary>Ten items after the user's message, every second one hidden.</summary>
    private static readonly Answers HalfHidden = new((turn, _) => Enumerable.Range(1, 10).Select(ThreadEvent (i) => new ItemDone(i % 2 == 0
        ? new SdkHiddenContext { Id = $"h{i}", ThreadId = turn.Thread.Id, CreatedAt = DateTimeOffset.UnixEpoch, Content = "psst" }
        : Answers.Message(turn, "said") with { Id = $"m{i}" })).ToAsyncEnumerable());

    [Fact]
    public async Task Hidden_items_are_never_sent_and_cursors_may_stand_on_them()
    {
        await using var host = await BackendHost.StartAsync(HalfHidden);
        var events = await host.StreamAsync(Calls.Create("Hi"));
        var thread = events.ThreadId();

        var first = await host.AskAsync("items.list", $$"""{"thread_id":"{{thread}}","order":"asc","limit":3}""");
        var second = await host.AskAsync("items.list", $$"""{"thread_id":"{{thread}}","order":"asc","limit":100,"after":"{{first.GetProperty("after").GetString()}}"}""");

        Assert.Equal("h2", first.GetProperty("after").GetString());
        Assert.Equal(2, first.GetProperty("data").GetArrayLength());
        Assert.Equal(["m3", "m5", "m7", "m9"], second.GetProperty("data").EnumerateArray().Select(item => item.Id()));
        Assert.DoesNotContain("psst", string.Concat(events.Select(e => e.GetRawText())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Newest_first_is_the_default()
    {
        await using var host = await BackendHost.StartAsync(HalfHidden);
        var thread = await host.NewThreadAsync();

        var page = await host.AskAsync("items.list", $$"""{"thread_id":"{{thread}}","limit":4}""");

        Assert.Equal(["m9", "m7"], page.GetProperty("data").EnumerateArray().Select(item => item.Id()));
    }

    [Fact]
    public async Task A_cursor_that_is_no_item_of_the_thread_is_404()
    {
        await using var host = await BackendHost.StartAsync(HalfHidden);
        var (one, other) = (await host.NewThreadAsync(), await host.NewThreadAsync());
        var elsewhere = (await host.ItemsAsync(other))[0].Id();

        await host.RefusedAsync(HttpStatusCode.NotFound, Calls.Body("items.list", $$"""{"thread_id":"{{one}}","after":"{{elsewhere}}"}"""));
        await host.RefusedAsync(HttpStatusCode.NotFound, Calls.Body("items.list", $$"""{"thread_id":"{{one}}","after":"%%%"}"""));
    }

    [Fact]
    public async Task An_item_done_twice_is_one_item_in_its_first_place()
    {
        await using var host = await BackendHost.StartAsync(new Answers((turn, _) => new ThreadEvent[]
        {
            new ItemDone(Answers.Message(turn, "first") with { Id = "a" }),
            new ItemDone(Answers.Message(turn, "second") with { Id = "b" }),
            new ItemDone(Answers.Message(turn, "first, better") with { Id = "a" }),
            new ItemDone(Answers.Message(turn, "gone") with { Id = "c" }),
            new ItemRemoved("c"),
            new ItemReplaced(Answers.Message(turn, "second, better") with { Id = "b" }),
        }.ToAsyncEnumerable()));
        var thread = await host.NewThreadAsync();

        var items = (await host.ItemsAsync(thread)).Skip(1);

        Assert.Equal([("a", "first, better"), ("b", "second, better")], items.Select(item => (item.Id(), item.Text())));
    }
}
