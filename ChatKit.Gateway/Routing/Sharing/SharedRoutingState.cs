using System.Text.Json;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Wire;

namespace ChatKit.Gateway.Routing.Sharing;

/// <summary>How a gateway gets to its Redis; a test takes another way.</summary>
internal delegate Task<IReplicaBoard> ConnectBoard(RedisSettings settings);

/// <summary>
/// Shares cooldowns, minutes and latencies between replicas, where a Redis is configured. Calls never wait for it: they leave notes in memory, and this service
/// exchanges them four times a second, at once after a new cooldown. Redis slow or gone means that this replica goes by what it sees itself, and is said once.
/// </summary>
internal sealed partial class SharedRoutingState(
    SnapshotHolder snapshots, ConnectBoard connect, TimeProvider time, ILogger<SharedRoutingState> logger) : BackgroundService, ISharedRoutingState
{
    /// <summary>How old what is known of the others may be, while Redis answers.</summary>
    public static TimeSpan Period { get; } = TimeSpan.FromMilliseconds(250);

    /// <summary>An exchange that takes longer has failed.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(1);

    private readonly string _replica = Guid.NewGuid().ToString("N");
    private readonly OwnObservations _own = new();
    private readonly OtherReplicas _others = new();
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task<IReplicaBoard>? _board;
    private RedisSettings? _connected;
    private IReplicaBoard? _answering;
    private bool _isDown;
    private volatile bool _isOn;

    /// <summary>Null where no Redis is configured; else whether the latest exchange succeeded.</summary>
    public bool? IsReachable => !_isOn ? null : !_isDown;

    /// <summary>The Redis that answered the latest exchange; null where there is none, or it did not.</summary>
    public IReplicaBoard? Board => Volatile.Read(ref _answering);

    /// <summary>Somebody waited in vain: nobody else does, until an exchange succeeds.</summary>
    public void Doubt() => Volatile.Write(ref _answering, null);

    public void Settled(Attempt attempt)
    {
        if (_isOn) _own.Settled(attempt);
    }

    public void Cooled(Deployment deployment, Cooldown cooldown)
    {
        if (_isOn) Volatile.Read(ref _news).TrySetResult();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var snapshot = snapshots.Current;
            _isOn = snapshot.Settings.Redis is not null;
            if (snapshot.Settings.Redis is { } settings) await ExchangeAsync(snapshot, settings);
            else await DisconnectAsync();
            await _news.Task.WaitAsync(Period, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_news.Task.IsCompleted) Volatile.Write(ref _news, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        await DisconnectAsync();
    }

    private async Task ExchangeAsync(GatewaySnapshot snapshot, RedisSettings settings)
    {
        var deployments = snapshot.Deployments.DistinctBy(deployment => deployment.State).ToList();
        try
        {
            if (_connected != settings) await DisconnectAsync();
            _connected = settings;
            // An attempt that fails is over; one that takes long goes on, and the next exchange waits for it again.
            if (_board is null or { IsFaulted: true } or { IsCanceled: true }) _board = connect(settings);
            var board = await _board.WaitAsync(Patience, time);
            var note = JsonSerializer.Serialize(_own.Note(deployments, time.GetUtcNow()), SharedStateJson.Default.SharedStateWire);
            var others = await board.ExchangeAsync(new ReplicaNote(_replica, note)).WaitAsync(Patience, time);
            _others.Apply(others, deployments, time.GetUtcNow());
            _own.Keep(deployments.Select(deployment => deployment.State).ToHashSet());
            Volatile.Write(ref _answering, board);
            if (_isDown) Log.Back(logger, settings);
            _isDown = false;
        }
        catch (Exception failure)
        {
            // Whatever the client throws, and it throws much: calls go on without it.
            Doubt();
            OtherReplicas.Leave(deployments, time.GetUtcNow());
            if (!_isDown) Log.Gone(logger, settings, failure.Message);
            _isDown = true;
        }
    }

    private async Task DisconnectAsync()
    {
        Doubt();
        var board = _board;
        (_board, _connected, _isDown) = (null, null, false);
        if (board is { IsCompletedSuccessfully: true }) await (await board).DisposeAsync();
        else _ = board?.ContinueWith(static late => late.Result.DisposeAsync().AsTask(), TaskContinuationOptions.OnlyOnRanToCompletion);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Redis at {Redis} does not answer; this replica routes by what it sees itself until it does: {Message}")]
        public static partial void Gone(ILogger logger, RedisSettings redis, string message);

        [LoggerMessage(2, LogLevel.Information, "Redis at {Redis} answers again; routing state is shared")]
        public static partial void Back(ILogger logger, RedisSettings redis);
    }
}
