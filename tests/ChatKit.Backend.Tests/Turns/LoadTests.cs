using ChatKit.Backend.Tests.Hosting;
using ChatKit.ServiceDefaults.Database;
using ChatKit.Testing.Upstream;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ChatKit.Backend.Tests.Turns;

/// <summary>By itself: what it measures is the backend under load, not the machine under the other tests.</summary>
[Collection(nameof(LoadTests))]
[CollectionDefinition(nameof(LoadTests), DisableParallelization = true)]
public sealed class LoadTests
{
    private const int Turns = 200;

    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task Two_hundred_turns_at_once_are_all_answered_and_all_kept(DatabaseKind kind)
    {
        await using var gateway = await FakeUpstream.StartAsync(new GatewayDialect("demo"));
        gateway.Always = OpenAiReplies.Text("one two three four", delay: TimeSpan.FromMilliseconds(20));
        await using var host = await BackendHost.StartAsync(kind: kind, gateway: gateway.ApiBase);

        var all = await Task.WhenAll(Enumerable.Range(0, Turns).Select(i => host.StreamAsync(Calls.Create($"message {i}"))));

        Assert.Empty(host.Logs.At(LogLevel.Warning));
        Assert.All(all, events => Assert.Equal("thread.item.done", events[^1].Type()));
        Assert.All(all, events => Assert.Equal("one two three four", events[^1].GetProperty("item").Text()));
        await using var database = host.Database.Open();
        Assert.Equal(Turns * 2, await database.Items.CountAsync());
        Assert.Equal(Turns, await database.Outbox.CountAsync());
    }

    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.PostgreSql)]
    public async Task A_hundred_clients_that_leave_in_the_middle_leave_whole_threads(DatabaseKind kind)
    {
        await using var host = await BackendHost.StartAsync(Answers.Pausing("Once upon"), kind);

        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => TurnTests.LeaveAsync(host, Calls.Create("Hi"), after: 6)));

        await using var database = host.Database.Open();
        var kept = await database.Items.GroupBy(item => item.Type).Select(group => new { group.Key, Count = group.Count() }).ToListAsync();
        Assert.Equal(3, kept.Count);
        Assert.All(kept, type => Assert.Equal(100, type.Count));
    }
}
