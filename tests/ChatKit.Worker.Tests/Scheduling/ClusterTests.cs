using ChatKit.Data.Chat;
using ChatKit.ServiceDefaults.Database;
using ChatKit.Testing.Databases;
using ChatKit.Testing.Upstream;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ChatKit.Worker.Tests.Scheduling;

public sealed class ClusterTests
{
    [SkippableFact]
    public async Task Two_workers_on_postgres_share_the_work_and_do_none_of_it_twice()
    {
        const int Threads = 60;
        await using var database = await TempDatabase.CreateMigratedAsync(DatabaseKind.PostgreSql);
        await using var oneGateway = await FakeUpstream.StartAsync();
        await using var otherGateway = await FakeUpstream.StartAsync();
        await using var one = await TestWorker.StartAsync(database, oneGateway);
        await using var other = await TestWorker.StartAsync(database, otherGateway);

        for (var i = 0; i < Threads; i++)
            await database.AddThreadAsync($"thr_{i}");
        for (var i = 0; i < Threads; i++)
            await database.CompletedAsync($"thr_{i}");

        Assert.Equal(Threads, oneGateway.Requests.Count + otherGateway.Requests.Count);
        Assert.NotEmpty(oneGateway.Requests);
        Assert.NotEmpty(otherGateway.Requests);
        await using var context = database.Open();
        Assert.All(await context.Set<OutboxRow>().ToListAsync(), row => Assert.Equal(1, row.Attempts));
    }
}
