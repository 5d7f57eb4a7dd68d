using ChatKit.Backend.Configuration;
using ModelContextProtocol.Client;

namespace ChatKit.Backend.Tools.Mcp;

/// <summary>
/// One configured server: started when it is first needed, and again when it is gone, the later the more often it failed. Nobody waits for it longer than they
/// want to: it goes on starting without them.
/// </summary>
internal sealed partial class McpServer(McpServerConfig config, Func<IClientTransport> transport, TimeProvider time, ILoggerFactory loggers, CancellationToken stopping)
{
    private static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(1);

    /// <summary>A first start may have to fetch the program, as npx and uvx do.</summary>
    private static readonly TimeSpan StartsWithin = TimeSpan.FromMinutes(2);

    private readonly Lock _lock = new();
    private readonly ILogger _logger = loggers.CreateLogger<McpServer>();
    private Task<McpSession?> _session = Task.FromResult<McpSession?>(null);
    private int _failures;
    private long _failedAt;

    public McpServerConfig Config => config;

    /// <summary>The open session; null where there is none within the patience, or the server rests after a failure.</summary>
    public async Task<McpSession?> SessionAsync(TimeSpan patience, CancellationToken cancel)
    {
        var session = Current();
        try
        {
            return await session.WaitAsync(patience, time, cancel);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    /// <summary>The server did what it was asked for: what failed before is forgotten.</summary>
    public void Succeeded()
    {
        lock (_lock)
        {
            _failures = 0;
        }
    }

    /// <summary>The session is of no use any more: the next one that needs the server gets another.</summary>
    public async Task DropAsync(McpSession session, string reason)
    {
        lock (_lock)
        {
            if (!_session.IsCompletedSuccessfully || _session.Result != session)
                return;
            _session = Task.FromResult<McpSession?>(null);
            Failed(reason);
        }

        await session.DisposeAsync();
    }

    /// <summary>Ends the server, once it is told to stop.</summary>
    public async Task EndAsync()
    {
        Task<McpSession?> session;
        lock (_lock)
        {
            session = _session;
        }

        if (await session is { } open)
            await open.DisposeAsync();
    }

    private Task<McpSession?> Current()
    {
        lock (_lock)
        {
            if (!_session.IsCompleted)
                return _session;
            if (_session.Result is { } open)
            {
                if (open.IsOpen)
                    return _session;
                Failed("it ended");
                _session = Task.FromResult<McpSession?>(null);
            }

            var resting = _failures > 0 && time.GetElapsedTime(_failedAt) < Rest(_failures);
            return resting || stopping.IsCancellationRequested ? _session : _session = Task.Run(StartAsync);
        }
    }

    private async Task<McpSession?> StartAsync()
    {
        using var late = new CancellationTokenSource(StartsWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, stopping);
        try
        {
            var session = await McpSession.OpenAsync(config, transport(), loggers, either.Token);
            Log.Started(_logger, config.Name);
            return session;
        }
        catch (Exception failure)
        {
            // Somebody else's program: whatever is wrong with it, there is no session.
            lock (_lock)
            {
                Failed(failure.Message);
            }

            return null;
        }
    }

    private void Failed(string reason)
    {
        (_failures, _failedAt) = (_failures + 1, time.GetTimestamp());
        if (!stopping.IsCancellationRequested)
            Log.Failed(_logger, config.Name, reason.ReplaceLineEndings(" "), Rest(_failures));
    }

    private static TimeSpan Rest(int failures) => TimeSpan.FromTicks(Math.Min(FirstRest.Ticks << Math.Min(failures - 1, 10), LongestRest.Ticks));

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "The tool server {Server} has started")]
        public static partial void Started(ILogger logger, string server);

        [LoggerMessage(LogLevel.Warning, "The tool server {Server} is gone ({Reason}); it is started again when it is needed, after {Rest}")]
        public static partial void Failed(ILogger logger, string server, string reason, TimeSpan rest);
    }
}
