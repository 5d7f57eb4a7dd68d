using ChatKit.Data.Migrating;
using ChatKit.ServiceDefaults.Database;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;

namespace ChatKit.Data.Sqlite;

/// <summary>
/// <c>sqlite://</c> lives as long as one connection to it is open, and nobody could migrate it from outside: so its service keeps it open
/// and brings its schema.
/// </summary>
internal sealed class MemoryDatabase(DatabaseTarget target) : IHostedService, IDisposable
{
    private readonly SqliteConnection _anchor = new(target.ConnectionString);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _anchor.OpenAsync(cancellationToken);
        await SchemaMigrator.MigrateAsync(target, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _anchor.Dispose();
}
