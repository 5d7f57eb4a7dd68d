using ChatKit.ServiceDefaults.Database;
using ChatKit.Testing.Databases;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Worker.Tests.Scheduling;

public sealed class KilledWorkerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task On_sqlite_a_killed_workers_job_runs_again_after_the_restart()
    {
        await using var database = await TempDatabase.CreateMigratedAsync(DatabaseKind.Sqlite);
        await using var gateway = await HangingOnceAsync();
        await database.AddThreadAsync("thr_1");
        await using (var worker = WorkerProcess.Start(database, gateway))
        {
            await gateway.NextRequestAsync(Patience);
            await worker.KillAsync();
        }

        await using var restarted = WorkerProcess.Start(database, gateway);
        var job = await database.CompletedAsync("thr_1", Patience);

        Assert.Equal("Sky", (await database.ThreadAsync("thr_1")).GeneratedTitle);
        Assert.Equal((2, 2), (job.Attempts, gateway.Requests.Count));
    }

    [SkippableFact]
    public async Task On_postgres_a_killed_workers_job_runs_again_at_another_worker()
    {
        await using var database = await TempDatabase.CreateMigratedAsync(DatabaseKind.PostgreSql);
        await using var gateway = await HangingOnceAsync();
        await using var killed = WorkerProcess.Start(database, gateway);
        await database.AddThreadAsync("thr_1");
        await gateway.NextRequestAsync(Patience);
        await using var survivor = WorkerProcess.Start(database, gateway);

        await killed.KillAsync();
        var job = await database.CompletedAsync("thr_1", Patience);

        Assert.Equal("Sky", (await database.ThreadAsync("thr_1")).GeneratedTitle);
        Assert.Equal((2, 2), (job.Attempts, gateway.Requests.Count));
    }

    private static async Task<FakeUpstream> HangingOnceAsync()
    {
        var gateway = await FakeUpstream.StartAsync();
        gateway.Then(Replies.Hang).Always = OpenAiReplies.Text("Sky");
        return gateway;
    }
}
