using ChatKit.Data.Sqlite;
using ChatKit.ServiceDefaults.Hosting;

namespace ChatKit.Worker.Scheduling;

/// <summary>SQLite has no cluster: a second scheduler on the same file would take the first one's running jobs for those of a dead worker.</summary>
internal sealed class SingleWorker(string databaseFile) : IHostedService, IDisposable
{
    private FileStream? _held;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _held = FileLock.TryTake(databaseFile + ".worker")
            ?? throw new StartupException($"another worker already runs on {databaseFile}: SQLite takes one worker, PostgreSQL any number");
        return Task.CompletedTask;
    }

    /// <summary>Hosted services stop in reverse order: the scheduler, which started after this, has stopped.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _held?.Dispose();
}
