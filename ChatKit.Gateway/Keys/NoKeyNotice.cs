using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Keys;

/// <summary>Says at start that nobody is asked for a key, which is right on one's own machine and nowhere else.</summary>
internal sealed partial class NoKeyNotice(SnapshotHolder snapshots, ILogger<NoKeyNotice> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (snapshots.Current.Settings.MasterKey is null)
            Log.NoKey(logger);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "No master key is configured: the gateway asks for none and serves this machine only. Set LITELLM_MASTER_KEY to serve others.")]
        public static partial void NoKey(ILogger logger);
    }
}
