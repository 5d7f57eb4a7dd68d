using ChatKit.Data.Gateway;
using ChatKit.Gateway.Model;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Gateway.Spend;

/// <summary>
/// Deletes settlements that are older than <c>maximum_spend_logs_retention_period</c>, a slice at a time, so that no lock is held for long. The sums of days and
/// accounts stay.
/// </summary>
internal sealed partial class SpendRetention(IDbContextFactory<GatewayDbContext> contexts, SnapshotHolder snapshots, TimeProvider time, ILogger<SpendRetention> logger)
    : BackgroundService
{
    private const int Slice = 1_000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan FirstLook = TimeSpan.FromMinutes(1);

    /// <summary>The names of stored segments: a journal's file does not come back after so long.</summary>
    private static readonly TimeSpan KeptNames = TimeSpan.FromDays(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var next = FirstLook;
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(next, time, stoppingToken);
            next = await TryCleanAsync(stoppingToken) ? snapshots.Current.Settings.Spend.RetentionInterval : FirstLook;
        }
    }

    /// <summary>Deletes what is too old. Returns how many settlements.</summary>
    internal async Task<int> CleanAsync(CancellationToken cancellationToken)
    {
        await using var database = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow().UtcDateTime;
        var forgotten = now - KeptNames;
        await database.SpendBatches.Where(batch => batch.WrittenAt < forgotten).ExecuteDeleteAsync(cancellationToken);
        if (snapshots.Current.Settings.Spend.Retention is not { } retention) return 0;

        var (cutoff, total) = (now - retention, 0);
        while (true)
        {
            var deleted = await database.SpendLogs
                .Where(row => database.SpendLogs.Where(old => old.StartTime < cutoff).OrderBy(old => old.StartTime).Take(Slice).Select(old => old.RequestId).Contains(row.RequestId))
                .ExecuteDeleteAsync(cancellationToken);
            total += deleted;
            if (deleted < Slice) return total;
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private async Task<bool> TryCleanAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (await CleanAsync(stoppingToken) is var deleted and > 0) Log.Deleted(logger, deleted);
            return true;
        }
        catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
        {
            Log.Failed(logger, failure.Message);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Count} settlements were deleted from the spend log: they are older than maximum_spend_logs_retention_period")]
        public static partial void Deleted(ILogger logger, int count);

        [LoggerMessage(2, LogLevel.Warning, "Old settlements could not be deleted, and will be tried again: {Reason}")]
        public static partial void Failed(ILogger logger, string reason);
    }
}
