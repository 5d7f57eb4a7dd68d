using ChatKit.ServiceDefaults.Database;
using Npgsql;

namespace ChatKit.Data.Migrating;

/// <summary>
/// An advisory lock inside a transaction of its own connection: it ends with that connection, and works behind a transaction pooler, where
/// a session's lock would stay on a connection that others use.
/// </summary>
internal sealed class PostgresMigrationLock(NpgsqlConnection connection, NpgsqlTransaction transaction) : IAsyncDisposable
{
    // Any constant will do that nobody else locks in this database.
    private const long Key = 0x43686174_4B697401;

    public static async Task<PostgresMigrationLock> TakeAsync(DatabaseTarget target, CancellationToken cancellationToken)
    {
        await PostgresDatabase.CreateIfMissingAsync(target, cancellationToken);
        var connection = new NpgsqlConnection(target.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await using var command = new NpgsqlCommand($"SELECT pg_advisory_xact_lock({Key})", connection, transaction) { CommandTimeout = 0 };
            await command.ExecuteNonQueryAsync(cancellationToken);
            return new PostgresMigrationLock(connection, transaction);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }
}
