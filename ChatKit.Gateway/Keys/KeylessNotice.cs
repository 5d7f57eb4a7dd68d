using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Keys;

/// <summary>Says at the start, where nobody can miss it, that no key is asked for, and what follows from that.</summary>
internal sealed partial class KeylessNotice(SnapshotHolder snapshots, ILogger<KeylessNotice> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (snapshots.Current.Settings.MasterKey is null) Log.NoKey(logger);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "No master key is configured: programs on this machine are served without a key, everybody else is refused. Set LITELLM_MASTER_KEY to change both")]
        public static partial void NoKey(ILogger logger);
    }
}
