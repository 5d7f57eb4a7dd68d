using System.Net;
using ChatKit.Backend.Protocol;
using ChatKit.Backend.Tests.Hosting;
using ChatKit.Data.Chat;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ChatKit.Backend.Tests.Threads;

public sealed class ThreadVerbTests : IAsyncLifetime
{
    private BackendHost _host = null!;

    public async Task InitializeAsync() => _host = await BackendHost.StartAsync(Answers.Saying("Bonjour"));

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Ids_are_a_prefix_and_twenty_four_random_characters()
    {
        var events = await _host.StreamAsync(Calls.Create("Hi"));

        Assert.Matches("^thr_[0-9a-z]{24}$", events.ThreadId());
        Assert.Matches("^msg_[0-9a-z]{24}$", events[1].GetProperty("item").Id());
    }

    [Fact]
    public async Task A_new_thread_asks_for_its_title_once()
    {
        var thread = await _host.NewThreadAsync();
        await _host.StreamAsync(Calls.Add(thread, "And now?"));

        await using var database = _host.Database.Open();
        var job = Assert.Single(await database.Outbox.ToListAsync());
        Assert.Equal(("thread-title", thread, $$"""{"thread_id":"{{thread}}"}"""), (job.Kind, job.Key, job.Payload));
        Assert.Null(job.EnqueuedAt);
    }

    [Fact]
    public async Task A_rename_wins_over_a_generated_title()
    {
        var thread = await _host.NewThreadAsync();
        await _host.Database.ExecuteAsync("UPDATE threads SET generated_title = 'Made'");
        var made = await _host.AskAsync("threads.get_by_id", $$"""{"thread_id":"{{thread}}"}""");
        var renamed = await _host.AskAsync("threads.update", $$"""{"thread_id":"{{thread}}","title":"  Mine — é 🎉 "}""");

        Assert.Equal("Made", made.GetProperty("title").GetString());
        Assert.Equal("Mine — é 🎉", renamed.GetProperty("title").GetString());
        Assert.Equal(0, renamed.GetProperty("items").GetProperty("data").GetArrayLength());
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"   \"")]
    [InlineData("null")]
    public async Task A_title_must_say_something(string title)
    {
        var thread = await _host.NewThreadAsync();

        await _host.RefusedAsync(HttpStatusCode.UnprocessableEntity, Calls.Body("threads.update", $$"""{"thread_id":"{{thread}}","title":{{title}}}"""));
    }

    [Fact]
    public async Task A_title_has_at_most_two_hundred_characters()
    {
        var thread = await _host.NewThreadAsync();

        await _host.RefusedAsync(HttpStatusCode.UnprocessableEntity, Calls.Body("threads.update", $$"""{"thread_id":"{{thread}}","title":"{{new string('x', 201)}}"}"""));
    }

    [Fact]
    public async Task Deleting_takes_the_items_along_and_deleting_nothing_is_fine()
    {
        var thread = await _host.NewThreadAsync();
        var first = await _host.AskAsync("threads.delete", $$"""{"thread_id":"{{thread}}"}""");
        var again = await _host.AskAsync("threads.delete", $$"""{"thread_id":"{{thread}}"}""");

        Assert.Equal("{}", first.GetRawText());
        Assert.Equal("{}", again.GetRawText());
        await _host.RefusedAsync(HttpStatusCode.NotFound, Calls.Body("threads.get_by_id", $$"""{"thread_id":"{{thread}}"}"""));
        await using var database = _host.Database.Open();
        Assert.Equal(0, await database.Items.CountAsync());
    }

    [Theory]
    [InlineData("locked")]
    [InlineData("closed")]
    public async Task A_thread_that_is_not_active_takes_no_work(string status)
    {
        var thread = await _host.NewThreadAsync();
        var message = (await _host.ItemsAsync(thread))[0].Id();
        await SetAsync(thread, row => (row.Status, row.StatusReason) = (status, "moderated"));

        Assert.Equal($"The thread is {status}.", await _host.RefusedAsync(HttpStatusCode.UnprocessableEntity, Calls.Add(thread, "Hello?")));
        Assert.Equal($"The thread is {status}.", await _host.RefusedAsync(HttpStatusCode.UnprocessableEntity, Calls.Retry(thread, message)));
        Assert.Equal(2, (await _host.ItemsAsync(thread)).Count);
        var shown = await _host.AskAsync("threads.get_by_id", $$"""{"thread_id":"{{thread}}"}""");
        Assert.Equal($$"""{"type":"{{status}}","reason":"moderated"}""", shown.GetProperty("status").GetRawText());
    }

    [Fact]
    public async Task A_retry_deletes_hidden_notes_too()
    {
        var thread = await _host.NewThreadAsync();
        await using (var database = _host.Database.Open())
        {
            database.Items.Add(Hidden(thread, sequence: 3));
            await database.SaveChangesAsync();
        }

        await _host.StreamAsync(Calls.Retry(thread, (await _host.ItemsAsync(thread))[0].Id()));

        await using var after = _host.Database.Open();
        Assert.Equal(["user_message", "assistant_message"], await after.Items.OrderBy(item => item.Sequence).Select(item => item.Type).ToListAsync());
    }

    [Fact]
    public async Task A_thread_of_long_ago_with_all_its_columns_is_read_as_it_was()
    {
        var thread = await _host.NewThreadAsync();
        await SetAsync(thread, row => (row.AllowedImageDomains, row.Metadata) = ("""["a.example"]""", """{"secret":"x"}"""));
        var shown = await _host.AskAsync("threads.get_by_id", $$"""{"thread_id":"{{thread}}"}""");

        Assert.Equal("""["a.example"]""", shown.GetProperty("allowed_image_domains").GetRawText());
        Assert.Equal("{}", shown.GetProperty("metadata").GetRawText());
    }

    private async Task SetAsync(string thread, Action<ThreadRow> change)
    {
        await using var database = _host.Database.Open();
        change(await database.Threads.SingleAsync(row => row.Id == thread));
        await database.SaveChangesAsync();
    }

    private static ItemRow Hidden(string thread, long sequence) => new()
    {
        Id = Ids.HiddenContext(),
        ThreadId = thread,
        Sequence = sequence,
        Type = "sdk_hidden_context",
        Hidden = true,
        CreatedAt = DateTime.UnixEpoch,
        Body = "{}",
    };
}
