using ChatKit.Gateway.Limits;
using ChatKit.Gateway.Model.Accounts;
using ChatKit.Gateway.Tests.Redis;
using ChatKit.Testing.Databases;

namespace ChatKit.Gateway.Tests.Limits;

/// <summary>The limits of one replica.</summary>
internal sealed class LimitReplica : IAsyncDisposable
{
    private LimitReplica(RedisReplica redis, TimeProvider time)
    {
        Redis = redis;
        Gate = new LimitGate(Counters, new SharedLimits(redis.Shared, Counters), time);
    }

    public RedisReplica Redis { get; }

    public LimitCounters Counters { get; } = new();

    public LimitGate Gate { get; }

    public static LimitReplica Alone(TimeProvider time) => new(RedisReplica.Alone(time), time);

    public static async Task<LimitReplica> StartAsync(RedisServer redis) => new(await RedisReplica.StartAsync(redis), TimeProvider.System);

    public static Account Key(long? requests = null, long? tokens = null, int? parallel = null, string id = "hash") => Of(AccountKind.Key, id, requests, tokens, parallel);

    public static Account Of(AccountKind kind, string id, long? requests = null, long? tokens = null, int? parallel = null) =>
        new(new AccountId(kind, id)) { Limits = new RateLimits(requests, tokens, parallel) };

    public Task<LimitVerdict> AskAsync(params Account[] accounts) => Gate.ReserveAsync(accounts, estimate: 0).AsTask();

    public Task<LimitVerdict> AskAsync(long estimate, params Account[] accounts) => Gate.ReserveAsync(accounts, estimate).AsTask();

    /// <summary>Calls at the same moment, from several threads; those that were let in.</summary>
    public async Task<IReadOnlyList<LimitHold>> BurstAsync(int calls, params Account[] accounts)
    {
        var verdicts = await Task.WhenAll(Enumerable.Range(0, calls).Select(_ => Task.Run(() => AskAsync(accounts))));
        return [.. verdicts.Select(verdict => verdict.Hold).OfType<LimitHold>()];
    }

    public ValueTask DisposeAsync() => Redis.DisposeAsync();
}
