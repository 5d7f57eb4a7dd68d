using ChatKit.ServiceDefaults.Database;
using ChatKit.Testing.Databases;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Worker.Tests.Scheduling;

public sealed class StoppedWorkerTests
{
    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task A_stopping_worker_cancels_its_job_and_the_next_one_takes_it_up_without_a_lost_attempt(DatabaseKind kind)
    {
        await using var database = await TempDatabase.CreateMigratedAsync(kind);
        await using var gateway = await FakeUpstream.StartAsync();
        gateway.Then(Replies.Hang).Always = OpenAiReplies.Text("Sky");
        await database.AddThreadAsync("thr_1");
        await using (var worker = await TestWorker.StartAsync(database, gateway))
        {
            var request = await gateway.NextRequestAsync();
            await worker.StopAsync().WaitAsync(TimeSpan.FromSeconds(10));
            await request.Disconnected.WaitAsync(TimeSpan.FromSeconds(10));
        }

        Assert.Equal(0, (await database.JobAsync("thr_1", _ => true)).Attempts);
        await using var next = await TestWorker.StartAsync(database, gateway);
        var job = await database.CompletedAsync("thr_1");

        Assert.Equal("Sky", (await database.ThreadAsync("thr_1")).GeneratedTitle);
        Assert.Equal(1, job.Attempts);
    }
}
