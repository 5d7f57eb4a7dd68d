using ChatKit.Gateway.Model;
using ChatKit.Gateway.Redis;
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

    /// <summary>A connection of its own: the notes are long, and what calls wait for must not wait behind them.</summary>
    public static async Task<IReplicaBoard> ConnectAsync(RedisSettings settings) => new RedisBoard(await RedisConnection.OpenAsync(settings), settings.Database);

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
        RedisConnection.Close(_connection);
        return ValueTask.CompletedTask;
    }
}
