using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Redis;
using StackExchange.Redis;

namespace ChatKit.Gateway.Cache;

/// <summary>
/// Answers in a Redis that replicas share. No call waits for it longer than <see cref="Patience"/>: one that waited in vain is the last to ask for a second, and
/// then one call tries again. The connection is its own: answers are long, and what other calls ask must not wait behind them. Everything stands below one prefix, and flushing removes that and nothing else.
/// </summary>
internal sealed class RedisAnswerStore(RedisSettings settings, TimeProvider time) : IAnswerStore
{
    public const string Prefix = "chatkit:cache:";
    private const string VectorPrefix = "chatkit:cache-vectors:";

    /// <summary>How many vectors of a scope are kept.</summary>
    private const int MostVectors = 1000;

    public static TimeSpan Patience { get; } = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private readonly Task<ConnectionMultiplexer> _connecting = Task.Run(() => RedisConnection.OpenAsync(settings));
    private long _restsUntil;

    public string Type => "redis";

    public ValueTask<CachedAnswer?> FindAsync(string key) => Database() is { } redis ? FindAsync(redis, key) : default;

    public void Keep(string key, CachedAnswer answer, TimeSpan lifetime)
    {
        // Fractions of a second would round to no lifetime at all, which Redis takes for for ever.
        if (lifetime < TimeSpan.FromMilliseconds(1)) return;
        Send(redis => redis.StringSetAsync(Prefix + key, answer.ToBytes(), lifetime, flags: CommandFlags.FireAndForget));
    }

    public ValueTask<IReadOnlyList<KeptVector>> VectorsAsync(string scope, long since) =>
        Database() is { } redis ? VectorsAsync(redis, scope, since) : ValueTask.FromResult<IReadOnlyList<KeptVector>>([]);

    public void KeepVector(string scope, KeptVector vector, TimeSpan lifetime) => Send(redis =>
    {
        RedisKey key = VectorPrefix + scope;
        redis.SortedSetAddAsync(key, Pack(vector), vector.At, CommandFlags.FireAndForget);
        redis.SortedSetRemoveRangeByRankAsync(key, 0, -MostVectors - 1, CommandFlags.FireAndForget);
        return redis.KeyExpireAsync(key, lifetime, CommandFlags.FireAndForget);
    });

    public async Task PingAsync() => await (await ConnectedAsync()).GetDatabase(settings.Database).PingAsync().WaitAsync(Rest, time);

    public async Task DeleteAsync(IReadOnlyList<string> keys) =>
        await (await ConnectedAsync()).GetDatabase(settings.Database).KeyDeleteAsync([.. keys.Select(key => (RedisKey)(Prefix + key))]).WaitAsync(Rest, time);

    public async Task FlushAsync()
    {
        const int Batch = 1000;
        var connection = await ConnectedAsync();
        var redis = connection.GetDatabase(settings.Database);
        var ours = from endpoint in connection.GetEndPoints()
                   let server = connection.GetServer(endpoint)
                   where server.IsConnected && !server.IsSlave
                   from prefix in (string[])[Prefix, VectorPrefix]
                   from key in server.Keys(settings.Database, prefix + "*", Batch)
                   select key;
        foreach (var keys in ours.Chunk(Batch)) await redis.KeyDeleteAsync(keys);
    }

    public async ValueTask DisposeAsync() => RedisConnection.Close(await _connecting);

    private async ValueTask<CachedAnswer?> FindAsync(IDatabase redis, string key)
    {
        try
        {
            byte[]? found = await redis.StringGetAsync(Prefix + key).WaitAsync(Patience, time);
            Answered();
            return found is null ? null : CachedAnswer.FromBytes(found);
        }
        catch (Exception)
        {
            // Late, gone, or in whatever state: the same as no answer.
            Doubt();
            return null;
        }
    }

    private async ValueTask<IReadOnlyList<KeptVector>> VectorsAsync(IDatabase redis, string scope, long since)
    {
        try
        {
            var found = await redis.SortedSetRangeByScoreWithScoresAsync(VectorPrefix + scope, since, exclude: Exclude.Start).WaitAsync(Patience, time);
            Answered();
            return [.. found.Select(entry => Unpack(entry.Element!, (long)entry.Score)).OfType<KeptVector>()];
        }
        catch (Exception)
        {
            Doubt();
            return [];
        }
    }

    /// <summary>Null while there is no connection, or Redis rests. Of the calls that find its rest over, the first asks.</summary>
    private IDatabase? Database()
    {
        if (!_connecting.IsCompletedSuccessfully || !_connecting.Result.IsConnected) return null;
        var until = Volatile.Read(ref _restsUntil);
        if (until != 0 && (time.GetTimestamp() < until || Interlocked.CompareExchange(ref _restsUntil, EndOfRest(), until) != until)) return null;
        return _connecting.Result.GetDatabase(settings.Database);
    }

    private void Send(Func<IDatabase, Task> command)
    {
        if (Volatile.Read(ref _restsUntil) != 0 || !_connecting.IsCompletedSuccessfully || !_connecting.Result.IsConnected) return;
        try
        {
            _ = command(_connecting.Result.GetDatabase(settings.Database));
        }
        catch (RedisException)
        {
            Doubt();
        }
    }

    private void Doubt() => Volatile.Write(ref _restsUntil, EndOfRest());

    private void Answered() => Volatile.Write(ref _restsUntil, 0);

    private long EndOfRest() => time.GetTimestamp() + (long)(Rest.TotalSeconds * time.TimestampFrequency);

    private async Task<ConnectionMultiplexer> ConnectedAsync() => await _connecting.WaitAsync(Rest * 3, time);

    private static byte[] Pack(KeptVector vector)
    {
        var key = Encoding.UTF8.GetBytes(vector.Key);
        var packed = new byte[4 + key.Length + (vector.Vector.Length * sizeof(float))];
        BinaryPrimitives.WriteInt32LittleEndian(packed, key.Length);
        key.CopyTo(packed, 4);
        MemoryMarshal.AsBytes(vector.Vector.AsSpan()).CopyTo(packed.AsSpan(4 + key.Length));
        return packed;
    }

    private static KeptVector? Unpack(byte[] packed, long at)
    {
        if (packed.Length < 4 || BinaryPrimitives.ReadInt32LittleEndian(packed) is not (> 0 and var length) || length > packed.Length - 4 || (packed.Length - 4 - length) % sizeof(float) != 0) return null;
        return new KeptVector(Encoding.UTF8.GetString(packed, 4, length), MemoryMarshal.Cast<byte, float>(packed.AsSpan(4 + length)).ToArray(), at);
    }
}
