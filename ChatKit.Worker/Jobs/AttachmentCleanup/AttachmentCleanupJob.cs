using System.Globalization;
using ChatKit.Data.Chat;
using ChatKit.ServiceDefaults.Contract;
using Microsoft.EntityFrameworkCore;
using Quartz;

namespace ChatKit.Worker.Jobs.AttachmentCleanup;

/// <summary>
/// Deletes files that were uploaded, or announced, and that no message took: whoever was writing it gave up. A few at a time, so that nobody who writes
/// to the same database waits for long.
/// </summary>
internal sealed partial class AttachmentCleanupJob(
    IDbContextFactory<ChatDbContext> contexts, IConfiguration configuration, TimeProvider time, ILogger<AttachmentCleanupJob> logger) : IJob
{
    private const int Batch = 50;

    private static readonly JobKey Key = new("attachment-cleanup", "chatkit");

    /// <summary>At once when a worker starts, and then at this interval, by one worker of all.</summary>
    public static void Schedule(IQuartzBuilder quartz, TimeSpan interval) => quartz.ScheduleJob<AttachmentCleanupJob>(
        trigger => trigger.WithIdentity(Key.Name, Key.Group).StartNow().WithSimpleSchedule(schedule => schedule.WithInterval(interval).RepeatForever()),
        job => job.WithIdentity(Key));

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var before = time.GetUtcNow().UtcDateTime - KeptFor();
        await using var database = await contexts.CreateDbContextAsync(cancellationToken);
        var (deleted, last) = (0, Batch);
        while (last == Batch)
        {
            var some = database.Attachments.Where(row => row.ThreadId == null && row.CreatedAt < before).OrderBy(row => row.CreatedAt).Take(Batch).Select(row => row.Id);
            last = await database.Attachments.Where(row => row.ThreadId == null && some.Contains(row.Id)).ExecuteDeleteAsync(cancellationToken);
            deleted += last;
        }

        if (deleted > 0)
            Log.Deleted(logger, deleted);
    }

    private TimeSpan KeptFor() => TimeSpan.FromHours(
        int.TryParse(configuration[ScanChecks.Hours], NumberStyles.None, CultureInfo.InvariantCulture, out var hours) ? hours : ScanChecks.DefaultHours);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{Count} uploaded files were deleted that no message took")]
        public static partial void Deleted(ILogger logger, int count);
    }
}
