using ChatKit.Data.Sqlite;
using ChatKit.ServiceDefaults.Hosting;

namespace ChatKit.Worker.Scheduling;

/// <summary>SQLite has no cluster: a second scheduler on the same file would take the first one's running jobs for those of a dead worker.</summary>
internal sealed class SingleWorker(string databaseFile) : IHostedLifecycleService, IDisposable
{
    private FileStream? _held;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _held = FileLock.TryTake(databaseFile + ".worker")
            ?? throw new StartupException($"another worker already runs on {databaseFile}: SQLite takes one worker, PostgreSQL any number");
        return Task.CompletedTask;
    }

    public void Dispose() => _held?.Dispose();

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }
}
