using System.Diagnostics;
using ChatKit.Gateway.Cache;
using ChatKit.Gateway.Model;
using ChatKit.Testing.Databases;
using Xunit;

namespace ChatKit.Gateway.Tests.Cache;

/// <summary>Answers in a real Redis, and what happens without it.</summary>
public sealed class RedisCacheTests
{
    private readonly string _namespace = Guid.NewGuid().ToString("N");

    [SkippableFact]
    public async Task What_one_replica_was_told_the_other_tells_again()
    {
        await using var redis = await RedisServer.RequireAsync();
        await using var first = await CacheHost.StartAsync(SettingsFor(redis));
        await using var second = await CacheHost.StartAsync(SettingsFor(redis));
        await WarmAsync(first);
        await WarmAsync(second);

        var told = await first.ChatAsync(question: "shared");
        var again = await UntilHitAsync(second, "shared");

        Assert.Equal(told.Body, again.Body);
    }

    [SkippableFact]
    public async Task Flushing_removes_the_answers_and_nothing_else()
    {
        await using var redis = await RedisServer.RequireOwnAsync();
        await using var store = new RedisAnswerStore(new RedisSettings(redis.Host, redis.Port, null), TimeProvider.System);
        await store.PingAsync();
        using var connection = await StackExchange.Redis.ConnectionMultiplexer.ConnectAsync($"{redis.Host}:{redis.Port}");
        var database = connection.GetDatabase();
        await database.StringSetAsync("somebody:else", "x");
        var answer = new CachedAnswer(AnswerKind.Document, "application/json", "{}"u8.ToArray(), DateTimeOffset.UnixEpoch, "d1", null);
        store.Keep("n:a", answer, TimeSpan.FromMinutes(1));
        store.Keep("n:b", answer, TimeSpan.FromMinutes(1));
        await EventuallyAsync(async () => await database.KeyExistsAsync(RedisAnswerStore.Prefix + "n:b"));

        await store.DeleteAsync(["n:a"]);
        Assert.False(await database.KeyExistsAsync(RedisAnswerStore.Prefix + "n:a"));
        await store.FlushAsync();
        Assert.False(await database.KeyExistsAsync(RedisAnswerStore.Prefix + "n:b"));
        Assert.True(await database.KeyExistsAsync("somebody:else"));
    }

    [SkippableFact]
    public async Task A_vector_is_known_to_the_other_replicas()
    {
        await using var redis = await RedisServer.RequireAsync();
        var settings = new RedisSettings(redis.Host, redis.Port, null);
        await using var first = new RedisAnswerStore(settings, TimeProvider.System);
        await using var second = new RedisAnswerStore(settings, TimeProvider.System);
        await first.PingAsync();
        await second.PingAsync();
        first.KeepVector(_namespace, new KeptVector("k", [1.5f, -2], 1000), TimeSpan.FromMinutes(1));
        first.KeepVector(_namespace, new KeptVector("l", [3], 2000), TimeSpan.FromMinutes(1));

        IReadOnlyList<KeptVector> found = [];
        await EventuallyAsync(async () => (found = await second.VectorsAsync(_namespace, 0)).Count == 2);

        Assert.Equal([1.5f, -2], found[0].Vector);
        Assert.Equal("l", Assert.Single(await second.VectorsAsync(_namespace, 1000)).Key);
    }

    [SkippableFact]
    public async Task A_Redis_that_is_gone_or_silent_costs_no_call_and_hardly_any_time()
    {
        await using var redis = await RedisServer.RequireOwnAsync();
        await using var proxy = new SlowProxy(redis.Host, redis.Port);
        await using var store = new RedisAnswerStore(new RedisSettings("127.0.0.1", proxy.Port, null), TimeProvider.System);
        await store.PingAsync();
        proxy.Delay = TimeSpan.FromSeconds(30);

        var clock = Stopwatch.StartNew();
        for (var i = 0; i < 200; i++) Assert.Null(await store.FindAsync("k"));

        // One waits its 20 ms, those after it not at all; bounded generously, since the machine may be busy.
        Assert.InRange(clock.ElapsedMilliseconds, 0, 2000);
    }

    [SkippableFact]
    public async Task Calls_go_on_while_Redis_is_stopped_and_find_it_again()
    {
        await using var redis = await RedisServer.RequireOwnAsync();
        await using var host = await CacheHost.StartAsync(SettingsFor(redis));
        await WarmAsync(host);
        await redis.KillAsync();

        for (var i = 0; i < 20; i++) Assert.Equal(200, (await host.ChatAsync(question: "while it is gone")).Status);

        await redis.StartAsync();
        await UntilHitAsync(host, "when it is back");
    }

    private CacheSettings SettingsFor(RedisServer redis) => new() { Redis = new RedisSettings(redis.Host, redis.Port, null), Namespace = _namespace };

    private static Task<CacheHost.Told> WarmAsync(CacheHost host) => UntilHitAsync(host, Guid.NewGuid().ToString());

    /// <summary>Asks until the answer comes from the cache: what is written in passing is there a moment later.</summary>
    private static async Task<CacheHost.Told> UntilHitAsync(CacheHost host, string question)
    {
        CacheHost.Told told = null!;
        await EventuallyAsync(async () =>
        {
            var before = host.Asked;
            told = await host.ChatAsync(question: question);
            return host.Asked == before;
        });
        return told;
    }

    private static async Task EventuallyAsync(Func<Task<bool>> isSo)
    {
        var clock = Stopwatch.StartNew();
        while (!await isSo())
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), "It did not come to pass.");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }
}
