using ChatKit.Data.Chat;
using ChatKit.ServiceDefaults.Database;
using ChatKit.Testing.Databases;
using ChatKit.Testing.Upstream;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ChatKit.Worker.Tests.Outbox;

public sealed class OutboxTests
{
    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task A_row_that_is_handed_over_again_is_not_done_again(DatabaseKind kind)
    {
        await using var database = await TempDatabase.CreateMigratedAsync(kind);
        await using var gateway = await FakeUpstream.StartAsync();
        await using var worker = await TestWorker.StartAsync(database, gateway);
        await database.AddThreadAsync("thr_1");
        await database.CompletedAsync("thr_1");

        // As if the worker had died after the scheduler took the row, and before the row said so.
        await database.ExecuteAsync("UPDATE outbox SET enqueued_at = NULL");
        await database.JobAsync("thr_1", row => row.EnqueuedAt is not null);
        await database.AddThreadAsync("thr_2");
        await database.CompletedAsync("thr_2");

        Assert.Equal(2, gateway.Requests.Count);
        Assert.Equal(1, (await database.JobAsync("thr_1", _ => true)).Attempts);
    }

    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task One_kind_and_key_is_one_row(DatabaseKind kind)
    {
        await using var database = await TempDatabase.CreateMigratedAsync(kind);
        await database.AddThreadAsync("thr_1");
        await using var context = database.Open();
        context.Add(new OutboxRow { Id = "another", Kind = "thread-title", Key = "thr_1", Payload = "{}", CreatedAt = DateTime.UnixEpoch });

        await Assert.ThrowsAsync<DbUpdateException>(() => context.SaveChangesAsync());
    }

    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task A_failing_job_is_retried_further_and_further_apart_and_then_is_a_dead_letter(DatabaseKind kind)
    {
        await using var database = await TempDatabase.CreateMigratedAsync(kind);
        await using var gateway = await FakeUpstream.StartAsync();
        gateway.Always = OpenAiReplies.Error(503, "The model is overloaded.", "server_error");
        await using var worker = await TestWorker.StartAsync(database, gateway);

        await database.AddThreadAsync("thr_1");
        var times = new List<DateTimeOffset>();
        for (var attempt = 0; attempt < TestWorker.Fast.MaxAttempts; attempt++)
        {
            await gateway.NextRequestAsync();
            times.Add(TimeProvider.System.GetUtcNow());
        }

        var job = await database.JobAsync("thr_1", row => row.DeadAt is not null);

        Assert.True(times[1] - times[0] >= TimeSpan.FromMilliseconds(155), $"{times[1] - times[0]}");
        Assert.True(times[2] - times[1] >= TimeSpan.FromMilliseconds(315), $"{times[2] - times[1]}");
        Assert.Equal((3, null), (job.Attempts, job.CompletedAt));
        Assert.Contains("503", job.LastError, StringComparison.Ordinal);
        Assert.Null((await database.ThreadAsync("thr_1")).GeneratedTitle);

        gateway.Always = OpenAiReplies.Text("Sky");
        await database.AddThreadAsync("thr_2");
        await database.CompletedAsync("thr_2");
        Assert.Equal(4, gateway.Requests.Count);
    }

    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task A_job_that_fails_and_then_succeeds_keeps_no_error(DatabaseKind kind)
    {
        await using var database = await TempDatabase.CreateMigratedAsync(kind);
        await using var gateway = await FakeUpstream.StartAsync();
        gateway.Then(OpenAiReplies.Error(500, "Broken.", "server_error"), OpenAiReplies.RateLimited(1)).Always = OpenAiReplies.Text("Sky");
        await using var worker = await TestWorker.StartAsync(database, gateway);

        await database.AddThreadAsync("thr_1");
        var job = await database.CompletedAsync("thr_1");

        Assert.Equal((3, null, null), (job.Attempts, job.LastError, job.DeadAt));
        Assert.Equal("Sky", (await database.ThreadAsync("thr_1")).GeneratedTitle);
    }

    [Fact]
    public async Task A_job_whose_worker_died_at_every_attempt_is_a_dead_letter_too()
    {
        await using var database = await TempDatabase.CreateMigratedAsync(DatabaseKind.Sqlite);
        await using var gateway = await FakeUpstream.StartAsync();
        await database.AddThreadAsync("thr_1");
        await database.ExecuteAsync($"UPDATE outbox SET attempts = {TestWorker.Fast.MaxAttempts}");

        await using var worker = await TestWorker.StartAsync(database, gateway);
        var job = await database.JobAsync("thr_1", row => row.DeadAt is not null);

        Assert.Equal("Every attempt ended with its worker.", job.LastError);
        Assert.Empty(gateway.Requests);
    }

    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task A_kind_that_this_build_does_not_know_waits_for_one_that_does(DatabaseKind kind)
    {
        await using var database = await TempDatabase.CreateMigratedAsync(kind);
        await using var gateway = await FakeUpstream.StartAsync();
        await using (var context = database.Open())
        {
            context.Add(Chats.Job("thr_0", "kind-of-tomorrow"));
            await context.SaveChangesAsync();
        }

        await using var worker = await TestWorker.StartAsync(database, gateway);
        await database.AddThreadAsync("thr_1");
        await database.CompletedAsync("thr_1");

        var waiting = await database.JobAsync("thr_0", _ => true);
        Assert.Equal((null, 0), (waiting.EnqueuedAt, waiting.Attempts));
    }
}
