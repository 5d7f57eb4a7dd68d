using ChatKit.Data.Sqlite;
using ChatKit.ServiceDefaults.Database;
using Microsoft.Data.Sqlite;

namespace ChatKit.Data.Migrating;

/// <summary>
/// A locked file beside the database. EF's own lock on SQLite is a row, which a killed migrator would leave behind for ever: whoever holds
/// the file knows that such a row is stale, and drops it.
/// </summary>
internal sealed class SqliteMigrationLock(FileStream? file) : IAsyncDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    public static async Task<SqliteMigrationLock> TakeAsync(DatabaseTarget target, CancellationToken cancellationToken)
    {
        if (target.FilePath is not { } path)
            return new SqliteMigrationLock(null);
        var held = new SqliteMigrationLock(await WaitForAsync(path + ".migrating", cancellationToken));
        try
        {
            await PrepareAsync(target, cancellationToken);
            return held;
        }
        catch
        {
            await held.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => file?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static async Task<FileStream> WaitForAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (FileLock.TryTake(path) is { } file)
                return file;
            await Task.Delay(Poll, TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>Readers beside one writer (the mode is kept in the file), and no lock row of a migrator that was killed.</summary>
    private static async Task PrepareAsync(DatabaseTarget target, CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection(target.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = SqlitePragmas.PerConnection + "PRAGMA journal_mode = WAL; DROP TABLE IF EXISTS \"__EFMigrationsLock\";";
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
