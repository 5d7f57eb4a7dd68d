using ChatKit.Data.Chat;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace ChatKit.Worker.Outbox;

/// <summary>
/// Hands waiting outbox rows to the scheduler. A row becomes a firing named after it, and only then is marked: a worker that dies between the
/// two leaves a row that is handed over again, where the scheduler keeps the firing that it has, and a firing too many finds the row done.
/// </summary>
internal sealed partial class OutboxPump(
    IDbContextFactory<ChatDbContext> contexts,
    ISchedulerFactory schedulers,
    OutboxKinds kinds,
    WorkerSettings settings,
    TimeProvider time,
    ILogger<OutboxPump> logger) : BackgroundService
{
    private bool _interrupted;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var scheduler = await schedulers.GetScheduler(stoppingToken);
        using var timer = new PeriodicTimer(settings.Poll, time);
        do
        {
            await DrainAsync(scheduler, stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Whatever goes wrong here goes wrong outside (the database is away), and passes: the rows wait.</summary>
    private async Task DrainAsync(IScheduler scheduler, CancellationToken cancellationToken)
    {
        try
        {
            while (await HandOverAsync(scheduler, cancellationToken))
            {
            }

            if (_interrupted)
                Log.Resumed(logger);
            _interrupted = false;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            if (!_interrupted)
                Log.Interrupted(logger, failure);
            _interrupted = true;
        }
    }

    /// <summary>One batch; true when more may be waiting.</summary>
    private async Task<bool> HandOverAsync(IScheduler scheduler, CancellationToken cancellationToken)
    {
        await using var database = await contexts.CreateDbContextAsync(cancellationToken);
        await using var claim = await OutboxClaim.TakeAsync(database, kinds.Names, cancellationToken);
        foreach (var row in claim.Rows)
        {
            var firing = OutboxFiring.TriggerFor(row.Id);
            await scheduler.ScheduleTrigger(firing, TriggerConflict.Keep, cancellationToken);
            row.EnqueuedAt = time.GetUtcNow().UtcDateTime;
        }

        await claim.CommitAsync(cancellationToken);
        return claim.IsFull;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The outbox cannot be handed over, and is tried again until it can")]
        public static partial void Interrupted(ILogger logger, Exception exception);

        [LoggerMessage(LogLevel.Information, "The outbox is handed over again")]
        public static partial void Resumed(ILogger logger);
    }
}
