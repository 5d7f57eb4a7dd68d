using ChatKit.Data.Chat;
using ChatKit.ServiceDefaults.Database;
using ChatKit.Testing.Databases;
using ChatKit.Testing.Upstream;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ChatKit.Worker.Tests.Scheduling;

public sealed class SqliteContentionTests
{
    [Fact]
    public async Task The_scheduler_its_jobs_and_a_busy_backend_share_one_file_without_an_error()
    {
        const int Writers = 6, Each = 20;
        await using var database = await TempDatabase.CreateMigratedAsync(DatabaseKind.Sqlite);
        await using var gateway = await FakeUpstream.StartAsync();
        var complaints = new Complaints();
        await using var worker = await TestWorker.StartAsync(database, gateway, TestWorker.Fast, complaints);

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < Each; i++)
                await database.AddThreadAsync($"thr_{writer}_{i}", answer: "An answer.");
        })));
        for (var writer = 0; writer < Writers; writer++)
        {
            for (var i = 0; i < Each; i++)
                await database.CompletedAsync($"thr_{writer}_{i}", TimeSpan.FromSeconds(60));
        }

        Assert.Equal(Writers * Each, gateway.Requests.Count);
        await using var context = database.Open();
        Assert.Equal(Writers * Each, await context.Threads.CountAsync(thread => thread.GeneratedTitle != null));
        Assert.True(await context.Set<OutboxRow>().AllAsync(row => row.Attempts == 1));
        Assert.Empty(complaints.Lines);
    }
}
