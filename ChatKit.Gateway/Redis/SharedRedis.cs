using ChatKit.Gateway.Model;
using StackExchange.Redis;

namespace ChatKit.Gateway.Redis;

/// <summary>
/// The Redis that the replicas share, for those who ask it on the way of a call: one connection, a heartbeat that says how many replicas there are, and no call
/// that waits longer than <see cref="Patience"/>. Who waited in vain says so, and until the next heartbeat succeeds nobody else waits.
/// </summary>
internal sealed partial class SharedRedis(SnapshotHolder snapshots, TimeProvider time, ILogger<SharedRedis> logger) : BackgroundService
{
    /// <summary>The sorted set of the replicas: their names by the moment at which they count as gone, in milliseconds of Redis's clock.</summary>
    public const string Replicas = "chatkit:replicas";

    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    private readonly List<Func<Task>> _onReturn = [];
    private Task<ConnectionMultiplexer>? _connection;
    private RedisSettings? _connected;
    private IDatabase? _answering;
    private string _replica = NewName();
    private volatile bool _isConfigured;
    private volatile bool _isDown;
    private int _count = 1;

    /// <summary>How long a call waits for an answer.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromMilliseconds(20);

    /// <summary>From one heartbeat to the next.</summary>
    public static TimeSpan Period { get; } = TimeSpan.FromMilliseconds(250);

    /// <summary>A heartbeat that takes longer has failed.</summary>
    public static TimeSpan HeartbeatPatience { get; } = TimeSpan.FromSeconds(1);

    /// <summary>Null where no Redis is configured; else whether the latest heartbeat succeeded.</summary>
    public bool? IsReachable => !_isConfigured ? null : !_isDown;

    /// <summary>The Redis that answered the latest heartbeat; null where there is none, or it did not.</summary>
    public IDatabase? Database => Volatile.Read(ref _answering);

    /// <summary>This replica's name there. A new one after each outage, so that what the old one held is nobody's.</summary>
    public string Replica => Volatile.Read(ref _replica);

    /// <summary>How many replicas there were when Redis was last asked; 1 before.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Somebody waited in vain.</summary>
    public void Doubt() => Volatile.Write(ref _answering, null);

    /// <summary>What has to be told to a Redis that may have forgotten, or never known, what this replica holds. Called before the first question.</summary>
    public void OnReturn(Func<Task> restate)
    {
        lock (_onReturn) _onReturn.Add(restate);
    }

    /// <summary>Runs a script, and waits for it as long as a call may wait.</summary>
    /// <returns>Null where there is no Redis, or no answer in time; the script may have run all the same.</returns>
    public async ValueTask<RedisResult?> AskAsync(string script, RedisKey[] keys, RedisValue[] values)
    {
        if (Database is not { } database) return null;
        try
        {
            return await database.ScriptEvaluateAsync(script, keys, values).WaitAsync(Patience, time);
        }
        catch (Exception)
        {
            // Late, gone, or in whatever state: the same as no Redis.
            Doubt();
            return null;
        }
    }

    /// <summary>Runs a script that nobody waits for.</summary>
    /// <returns>Null where there is no Redis, or it did not answer.</returns>
    public async Task<RedisResult?> TellAsync(string script, RedisKey[] keys, RedisValue[] values)
    {
        if (Database is not { } database) return null;
        try
        {
            return await database.ScriptEvaluateAsync(script, keys, values).WaitAsync(HeartbeatPatience, time);
        }
        catch (Exception)
        {
            Doubt();
            return null;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var settings = snapshots.Current.Settings.Redis;
            _isConfigured = settings is not null;
            if (settings is null) Disconnect();
            else await BeatAsync(settings);
            await Task.Delay(Period, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (Database is { } database) await LeaveAsync(database, Replica);
        Disconnect();
    }

    private async Task BeatAsync(RedisSettings settings)
    {
        try
        {
            if (_connected != settings) Disconnect();
            _connected = settings;
            // An attempt that fails is over; one that takes long goes on, and the next heartbeat waits for it again.
            if (_connection is null or { IsFaulted: true } or { IsCanceled: true }) _connection = RedisConnection.OpenAsync(settings);
            var database = (await _connection.WaitAsync(HeartbeatPatience, time)).GetDatabase(settings.Database);
            var isBack = Database is null;
            if (isBack) await RenameAsync(database);
            var wasKnown = await AnnounceAsync(database);
            if (!isBack && wasKnown) return;
            Volatile.Write(ref _answering, database);
            await Task.WhenAll(Restatements().Select(restate => restate())).WaitAsync(HeartbeatPatience, time);
            if (_isDown) Log.Back(logger, settings);
            _isDown = false;
        }
        catch (Exception failure)
        {
            // Whatever the client throws, and it throws much: calls go on without it.
            Doubt();
            if (!_isDown) Log.Gone(logger, settings, failure.Message);
            _isDown = true;
        }
    }

    private async Task RenameAsync(IDatabase database)
    {
        var old = Replica;
        Volatile.Write(ref _replica, NewName());
        await LeaveAsync(database, old).WaitAsync(HeartbeatPatience, time);
    }

    /// <summary>Says that this replica lives. False where Redis did not know: it is new to it, or Redis forgot.</summary>
    private async Task<bool> AnnounceAsync(IDatabase database)
    {
        var answer = (long[]?)await database.ScriptEvaluateAsync(RedisScripts.Heartbeat, [Replicas], [Replica, (long)Lifetime.TotalMilliseconds]).WaitAsync(HeartbeatPatience, time);
        Volatile.Write(ref _count, (int)Math.Max(1, answer![0]));
        return answer[1] == 1;
    }

    private static Task<bool> LeaveAsync(IDatabase database, string replica) => database.SortedSetRemoveAsync(Replicas, replica, CommandFlags.FireAndForget);

    private Func<Task>[] Restatements()
    {
        lock (_onReturn) return [.. _onReturn];
    }

    private void Disconnect()
    {
        Doubt();
        var connection = _connection;
        (_connection, _connected, _isDown, _count) = (null, null, false, 1);
        _ = connection?.ContinueWith(static open => RedisConnection.Close(open.Result), TaskContinuationOptions.OnlyOnRanToCompletion);
    }

    private static string NewName() => Guid.NewGuid().ToString("N")[..12];

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Redis at {Redis} does not answer; until it does, this replica counts budgets and limits on its own: {Message}")]
        public static partial void Gone(ILogger logger, RedisSettings redis, string message);

        [LoggerMessage(2, LogLevel.Information, "Redis at {Redis} answers again; budgets and limits are counted over all replicas")]
        public static partial void Back(ILogger logger, RedisSettings redis);
    }
}
