using ChatKit.Data.Sqlite;
using ChatKit.ServiceDefaults.Database;
using ChatKit.Worker.Jobs.AttachmentCleanup;
using ChatKit.Worker.Outbox;
using Npgsql;
using Quartz;

namespace ChatKit.Worker.Scheduling;

/// <summary>
/// Quartz on the service's own database: it creates its own tables (<c>QRTZ_…</c>), and what it holds survives this process. On PostgreSQL any
/// number of workers form a cluster that shares the work and takes over from a dead member; on SQLite there is one worker.
/// </summary>
internal static class SchedulerServices
{
    public static IServiceCollection AddScheduler(this IServiceCollection services, DatabaseTarget database, WorkerSettings settings)
    {
        if (database.FilePath is { } file)
            services.AddHostedService(_ => new SingleWorker(file));
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(scheduler =>
            {
                scheduler.InstanceName = "chatkit";
                scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always;
            });
            quartz.UseDefaultRetryPolicy(settings.Backoff);
            quartz.AddJob<OutboxFiring>(job => job.WithIdentity(OutboxFiring.Job).StoreDurably().RequestRecovery());
            AttachmentCleanupJob.Schedule(quartz, settings.Cleanup);
            quartz.UsePersistentStore(store => UseDatabase(store, database, settings));
            quartz.AddQuartzHealthChecks(check => check.Name = "scheduler");
        });
        // The scheduler starts with the host, so that a database without room for its tables is a failed start, not a silent worker.
        return services.AddQuartzHostedService(host => (host.WaitForJobsToComplete, host.AwaitApplicationStarted) = (true, false));
    }

    private static void UseDatabase(IPersistentStoreBuilder store, DatabaseTarget database, WorkerSettings settings)
    {
        store.ProvisionSchema();
        store.UseSystemTextJsonSerializer();
        store.ConfigureStore(options =>
        {
            options.StoreJobDataAsStrings = true;
            // A stopping worker hands its running jobs back, as a killed one would, but at once.
            options.RecoverFiringsCancelledByShutdown = true;
        });
        if (database.Kind == DatabaseKind.Sqlite)
        {
            store.UseSqlite(source => source.DataSourceFactory = _ => new SqliteDataSource(database));
            return;
        }

        store.UsePostgres(source => source.DataSourceFactory = _ => NpgsqlDataSource.Create(database.ConnectionString));
        store.UseClustering(cluster => (cluster.CheckinInterval, cluster.CheckinMisfireThreshold) = (settings.Heartbeat, settings.Heartbeat));
    }
}
