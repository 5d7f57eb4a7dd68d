using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ChatKit.Data.Sqlite;

/// <summary>What every SQLite connection needs set anew: it waits for another writer instead of failing, and keeps foreign keys.</summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    // NORMAL is safe against a killed process; in WAL mode only a power cut can lose the last commits, and never corrupts the file.
    public const string PerConnection = "PRAGMA busy_timeout = 10000; PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL;";

    public static readonly SqlitePragmas Instance = new();

    public static void Apply(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = PerConnection;
        command.ExecuteNonQuery();
    }

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Apply(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        // SQLite has no asynchronous I/O: an async command would only hide that.
        Apply(connection);
        return Task.CompletedTask;
    }
}
