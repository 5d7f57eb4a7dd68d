using ChatKit.Gateway.Model;
using StackExchange.Redis;

namespace ChatKit.Gateway.Routing.Sharing;

/// <summary>
/// Notes in Redis: a string per replica that expires, and a set of the replicas' names. Nothing has to be cleaned up after a replica that was killed, and
/// after a restart of Redis the next exchange puts everything back.
/// </summary>
internal sealed class RedisBoard : IReplicaBoard
{
    private const string Names = "chatkit:routing:replicas";
    private const string Prefix = "chatkit:routing:replica:";

    private const string Counts = "chatkit:routing:rpm:";

    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    private readonly ConnectionMultiplexer _connection;
    private readonly int _database;

    private RedisBoard(ConnectionMultiplexer connection, int database) => (_connection, _database) = (connection, database);

    public static async Task<IReplicaBoard> ConnectAsync(RedisSettings settings)
    {
        var options = new ConfigurationOptions
        {
            EndPoints = { { settings.Host, settings.Port } },
            Password = settings.Password?.Reveal(),
            Ssl = settings.UsesTls,
            // It tries again by itself, and the exchanges in between fail.
            AbortOnConnectFail = false,
            ConnectTimeout = 1000,
            SyncTimeout = 1000,
            ClientName = "chatkit-gateway",
        };
        return new RedisBoard(await ConnectionMultiplexer.ConnectAsync(options), settings.Database);
    }

    public async Task<IReadOnlyList<ReplicaNote>> ExchangeAsync(ReplicaNote own)
    {
        var redis = _connection.GetDatabase(_database);
        var put = redis.StringSetAsync(Prefix + own.Replica, own.Text, Lifetime);
        var join = redis.SetAddAsync(Names, own.Replica);
        var names = await redis.SetMembersAsync(Names);
        await put;
        await join;
        var others = names.Select(name => (string)name!).Where(name => name != own.Replica).ToArray();
        if (others.Length == 0) return [];

        var texts = await redis.StringGetAsync([.. others.Select(name => (RedisKey)(Prefix + name))]);
        var gone = others.Where((_, i) => texts[i].IsNull).Select(name => (RedisValue)name).ToArray();
        if (gone.Length > 0) await redis.SetRemoveAsync(Names, gone);
        return [.. others.Zip(texts).Where(note => !note.Second.IsNull).Select(note => new ReplicaNote(note.First, note.Second!))];
    }

    public Task<long> CountAsync(string deployment, long minute)
    {
        var redis = _connection.GetDatabase(_database);
        RedisKey key = $"{Counts}{deployment}:{minute}";
        var count = redis.StringIncrementAsync(key);
        redis.KeyExpire(key, Lifetime + TimeSpan.FromMinutes(1), CommandFlags.FireAndForget);
        return count;
    }

    public ValueTask DisposeAsync()
    {
        // Whoever waits for an answer that does not come would wait here too.
        _connection.Close(allowCommandsToComplete: false);
        _connection.Dispose();
        return ValueTask.CompletedTask;
    }
}
