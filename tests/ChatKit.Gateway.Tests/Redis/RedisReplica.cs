using System.Collections.Frozen;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Redis;
using ChatKit.Testing.Databases;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ChatKit.Gateway.Tests.Redis;

/// <summary>One replica's share of a Redis.</summary>
internal sealed class RedisReplica : IAsyncDisposable
{
    private RedisReplica(SharedRedis shared) => Shared = shared;

    public SharedRedis Shared { get; }

    public static Task<RedisReplica> StartAsync(RedisServer redis) => StartAsync(redis.Host, redis.Port, new PatientClock());

    /// <summary>Where no Redis is configured.</summary>
    public static RedisReplica Alone(TimeProvider time) => new(Share(null, time));

    public static async Task<RedisReplica> StartAsync(string host, int port, TimeProvider time)
    {
        var replica = new RedisReplica(Share(new RedisSettings(host, port, null), time));
        await replica.Shared.StartAsync(CancellationToken.None);
        await replica.UntilAsync(shared => shared.Database is not null);
        return replica;
    }

    private static SharedRedis Share(RedisSettings? redis, TimeProvider time)
    {
        var snapshot = new GatewaySnapshot
        {
            Groups = FrozenDictionary<string, ModelGroup>.Empty,
            WildcardGroups = [],
            Settings = new GatewaySettings { Redis = redis },
        };
        return new SharedRedis(new SnapshotHolder(snapshot), time, NullLogger<SharedRedis>.Instance);
    }

    public async Task UntilAsync(Func<SharedRedis, bool> isSo)
    {
        for (var tries = 0; !isSo(Shared); tries++)
        {
            Assert.True(tries < 600, "it never came to be so");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Shared.StopAsync(CancellationToken.None);
        Shared.Dispose();
    }
}

/// <summary>A clock by which a slow machine does not look like a slow Redis: who asks on the way of a call waits a minute.</summary>
internal sealed class PatientClock : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime == SharedRedis.Patience ? TimeSpan.FromMinutes(1) : dueTime, period);
}
