using ChatKit.Gateway.Limits;
using ChatKit.Gateway.Model.Accounts;
using ChatKit.Testing.Databases;
using StackExchange.Redis;
using Xunit;

namespace ChatKit.Gateway.Tests.Limits;

/// <summary>Three replicas that share a real Redis.</summary>
public sealed class SharedLimitTests
{
    private readonly string _id = Guid.NewGuid().ToString("N");

    [SkippableFact]
    public async Task Three_replicas_together_let_in_exactly_as_many_calls_as_the_limit_says()
    {
        await using var redis = await RedisServer.RequireOwnAsync();
        await using var fleet = await Fleet.StartAsync(redis);
        var (key, team) = (LimitReplica.Key(requests: 100, id: _id), LimitReplica.Of(AccountKind.Team, _id, requests: 120, tokens: 10_000, parallel: 1000));

        Assert.Equal(100, (await fleet.BurstAsync(100, key, team)).Count);
        Assert.Equal(20, (await fleet.BurstAsync(20, team)).Count);
    }

    [SkippableFact]
    public async Task Places_are_counted_over_all_and_given_back()
    {
        await using var redis = await RedisServer.RequireOwnAsync();
        await using var fleet = await Fleet.StartAsync(redis);
        var key = LimitReplica.Key(parallel: 10, id: _id);
        var holds = await fleet.BurstAsync(20, key);
        Assert.Equal(10, holds.Count);

        foreach (var hold in holds.Take(4)) hold.Release();
        Assert.Equal(4, (await fleet.BurstAsync(20, key)).Count);
    }

    [SkippableFact]
    public async Task Tokens_are_settled_over_all()
    {
        await using var redis = await RedisServer.RequireOwnAsync();
        await using var fleet = await Fleet.StartAsync(redis);
        var key = LimitReplica.Key(tokens: 1000, id: _id);
        var first = (await fleet[0].AskAsync(1000, key)).Hold!;
        Assert.NotNull((await fleet[1].AskAsync(1, key)).Error);

        first.Use(400);
        first.Release();

        Assert.Equal(1000, (await fleet.AskAsync(1, 700, key)).Takes[0].Counted.Tokens);
        first.Use(50);
        Assert.Equal("1050", await fleet.FieldAsync(key, "t", "1050"));
    }

    [SkippableFact]
    public async Task The_minute_is_Rediss_and_new_when_it_is_over()
    {
        await using var redis = await RedisServer.RequireOwnAsync();
        await using var fleet = await Fleet.StartAsync(redis);
        var key = LimitReplica.Key(requests: 1, id: _id);
        Assert.Single(await fleet.BurstAsync(2, key));
        Assert.InRange((await fleet[0].AskAsync(key)).Error!.RetryAfter!.Value.TotalSeconds, 1, 60);

        // A replica that has seen nothing of it asks, a minute later.
        await fleet.PassAsync(key, TimeSpan.FromMinutes(1));
        await using var other = await LimitReplica.StartAsync(redis);
        Assert.NotNull((await other.AskAsync(key)).Hold);
        Assert.NotNull((await other.AskAsync(key)).Error);
    }

    [SkippableFact]
    public async Task A_replica_that_was_killed_keeps_no_place()
    {
        await using var redis = await RedisServer.RequireOwnAsync();
        await using var fleet = await Fleet.StartAsync(redis);
        var key = LimitReplica.Key(parallel: 2, id: _id);
        Assert.Equal(2, (await fleet[0].BurstAsync(5, key)).Count);
        Assert.Empty(await fleet[1].BurstAsync(5, key));

        // As when its heartbeats end.
        await fleet[0].Redis.DisposeAsync();
        await fleet[1].Redis.UntilAsync(shared => shared.Count == 2);

        Assert.Equal(2, (await fleet[1].BurstAsync(5, key)).Count);
    }

    [SkippableFact]
    public async Task Without_Redis_each_takes_its_share_of_what_was_left_and_a_Redis_that_forgot_is_told()
    {
        await using var redis = await RedisServer.RequireOwnAsync();
        await using var fleet = await Fleet.StartAsync(redis);
        var (key, places) = (LimitReplica.Key(requests: 100, id: _id), LimitReplica.Key(parallel: 9, id: _id + "p"));
        Assert.Equal(40, (await fleet[0].BurstAsync(40, key)).Count);
        // The others have asked once, and know.
        foreach (var replica in fleet.Replicas) Assert.Single(await replica.BurstAsync(1, key));
        var held = await fleet[0].BurstAsync(2, places);

        await redis.KillAsync();
        foreach (var replica in fleet.Replicas) await replica.Redis.UntilAsync(shared => shared.Database is null);
        var alone = 0;
        foreach (var replica in fleet.Replicas) alone += (await replica.BurstAsync(200, key)).Count;
        Assert.InRange(43 + alone, 98, 103);
        Assert.Single(await fleet[0].BurstAsync(20, places));

        await redis.StartAsync();
        foreach (var replica in fleet.Replicas) await replica.Redis.UntilAsync(shared => shared.Database is not null);
        await fleet[0].Redis.UntilAsync(shared => shared.Count == 3);
        var after = await fleet.BurstAsync(100, key);
        Assert.InRange(43 + alone + after.Count, 98, 200);
        Assert.Equal(9 - held.Count - 1, (await fleet[1].BurstAsync(20, places)).Count);
    }

    private sealed class Fleet : IAsyncDisposable
    {
        private Fleet(LimitReplica[] replicas) => Replicas = replicas;

        public LimitReplica[] Replicas { get; }

        public LimitReplica this[int replica] => Replicas[replica];

        public static async Task<Fleet> StartAsync(RedisServer redis)
        {
            var fleet = new Fleet([await LimitReplica.StartAsync(redis), await LimitReplica.StartAsync(redis), await LimitReplica.StartAsync(redis)]);
            foreach (var replica in fleet.Replicas) await replica.Redis.UntilAsync(shared => shared.Count == 3);
            return fleet;
        }

        public async Task<IReadOnlyList<LimitHold>> BurstAsync(int callsEach, params Account[] accounts) =>
            [.. (await Task.WhenAll(Replicas.Select(replica => replica.BurstAsync(callsEach, accounts)))).SelectMany(holds => holds)];

        /// <summary>Asks until what others gave back has arrived.</summary>
        public async Task<LimitHold> AskAsync(int replica, long estimate, params Account[] accounts)
        {
            for (var tries = 0; ; tries++)
            {
                if ((await Replicas[replica].AskAsync(estimate, accounts)).Hold is { } hold) return hold;
                Assert.True(tries < 600, "it is never let in");
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            }
        }

        public async Task<string?> FieldAsync(Account account, string field, string awaited)
        {
            for (var tries = 0; ; tries++)
            {
                var value = (string?)await Database.HashGetAsync(KeyOf(account), field);
                if (value == awaited || tries > 600) return value;
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            }
        }

        /// <summary>As if the account's minute had begun so much earlier.</summary>
        public Task<long> PassAsync(Account account, TimeSpan time) => Database.HashDecrementAsync(KeyOf(account), "w", (long)time.TotalMilliseconds);

        public async ValueTask DisposeAsync()
        {
            foreach (var replica in Replicas) await replica.DisposeAsync();
        }

        private IDatabase Database => Replicas[1].Redis.Shared.Database!;

        private static RedisKey KeyOf(Account account) => $"chatkit:limit:{account.Id}";
    }
}
