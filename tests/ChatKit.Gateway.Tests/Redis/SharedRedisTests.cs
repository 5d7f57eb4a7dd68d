using ChatKit.Gateway.Redis;
using ChatKit.Testing.Databases;
using StackExchange.Redis;
using Xunit;

namespace ChatKit.Gateway.Tests.Redis;

/// <summary>The Redis that calls ask, as several replicas see it.</summary>
public sealed class SharedRedisTests
{
    private const string Echo = "return ARGV[1]";

    [SkippableFact]
    public async Task Replicas_know_how_many_they_are()
    {
        await using var redis = await RedisServer.RequireOwnAsync();
        await using var one = await RedisReplica.StartAsync(redis);
        await using (var two = await RedisReplica.StartAsync(redis))
        {
            await two.UntilAsync(shared => shared.Count == 2);
            await one.UntilAsync(shared => shared.Count == 2);
        }

        await one.UntilAsync(shared => shared.Count == 1);
    }

    [SkippableFact]
    public async Task Without_an_answer_nobody_waits_and_a_Redis_that_comes_back_is_asked_again_under_another_name()
    {
        await using var redis = await RedisServer.RequireOwnAsync();
        await using var one = await RedisReplica.StartAsync(redis);
        var (name, restated) = (one.Shared.Replica, 0);
        one.Shared.OnReturn(() => Task.FromResult(Interlocked.Increment(ref restated)));
        Assert.Equal("a", (string?)await one.Shared.AskAsync(Echo, [], ["a"]));

        await redis.KillAsync();
        await one.UntilAsync(shared => shared.IsReachable is false);
        Assert.Null(await one.Shared.AskAsync(Echo, [], ["b"]));
        await redis.StartAsync();
        await one.UntilAsync(shared => shared.Database is not null && restated > 0);

        // The server forgot the script, and the client must notice.
        Assert.Equal("c", (string?)await one.Shared.TellAsync(Echo, [], ["c"]));
        Assert.NotEqual(name, one.Shared.Replica);
    }

    [SkippableFact]
    public async Task Whoever_waited_in_vain_spares_the_others_the_wait_until_a_heartbeat_succeeds()
    {
        await using var redis = await RedisServer.RequireOwnAsync();
        await using var slow = new SlowProxy(redis.Host, redis.Port);
        await using var one = await RedisReplica.StartAsync(redis.Host, slow.Port, TimeProvider.System);

        slow.Delay = TimeSpan.FromSeconds(3);
        Assert.Null(await one.Shared.AskAsync(Echo, [], ["a"]));
        Assert.Null(one.Shared.Database);
        await one.UntilAsync(shared => shared.IsReachable is false);

        slow.Delay = TimeSpan.Zero;
        await one.UntilAsync(shared => shared.Database is not null);
    }

    [SkippableFact]
    public async Task What_a_replica_held_is_nobodys_once_it_is_gone()
    {
        await using var redis = await RedisServer.RequireOwnAsync();
        await using var one = await RedisReplica.StartAsync(redis);
        RedisKey[] key = [$"test:{Guid.NewGuid():N}"];
        await one.Shared.Database!.HashSetAsync(key[0], [new HashEntry($"p:{one.Shared.Replica}", 3), new HashEntry("p:gone", 5), new HashEntry("other", 7)]);

        var held = await one.Shared.TellAsync(RedisScripts.Held + "return held(KEYS[1], 'p:')", key, []);

        Assert.Equal(3, (int)held!);
        Assert.False(await one.Shared.Database.HashExistsAsync(key[0], "p:gone"));
        Assert.True(await one.Shared.Database.HashExistsAsync(key[0], "other"));
    }
}
