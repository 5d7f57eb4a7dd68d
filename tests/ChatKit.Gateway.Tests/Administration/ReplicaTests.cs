using ChatKit.ServiceDefaults.Database;
using ChatKit.Testing.Databases;
using Xunit;

namespace ChatKit.Gateway.Tests.Administration;

/// <summary>A change on one replica counts on the others, which have what it concerns in memory.</summary>
public sealed class ReplicaTests
{
    [SkippableFact]
    public async Task A_team_that_is_blocked_here_is_blocked_there()
    {
        await using var redis = await RedisServer.RequireOwnAsync();
        await using var host = await AdminHost.StartAsync(DatabaseKind.Sqlite, folder => folder.Set("REDIS_HOST", redis.Host).Set("REDIS_PORT", $"{redis.Port}"));
        await using var other = await host.ReplicaAsync(folder => folder.Set("REDIS_HOST", redis.Host).Set("REDIS_PORT", $"{redis.Port}"));
        await host.PostAsync("/team/new", """{"team_id":"core"}""");
        var key = await host.KeyAsync(teamId: "core");
        await other.GetAsync("/models", key);

        await host.PostAsync("/team/block", """{"team_id":"core"}""");
        var took = await UntilAsync(other, key, isBlocked: true);
        await host.PostAsync("/team/unblock", """{"team_id":"core"}""");
        await UntilAsync(other, key, isBlocked: false);

        // The promise is a second; a machine under load gets ten times that.
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    private static async Task<TimeSpan> UntilAsync(AdminHost host, string key, bool isBlocked)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            using var response = await host.SendAsync("GET", "/models", key: key);
            var took = TimeProvider.System.GetElapsedTime(start);
            if (response.IsSuccessStatusCode != isBlocked) return took;
            Assert.True(took < TimeSpan.FromSeconds(30), $"blocked is not {isBlocked} after {took}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }
}
