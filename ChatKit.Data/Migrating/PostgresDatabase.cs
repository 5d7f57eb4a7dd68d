using ChatKit.ServiceDefaults.Database;
using ChatKit.ServiceDefaults.Hosting;
using Npgsql;

namespace ChatKit.Data.Migrating;

/// <summary>Creates the database that a connection string names, where the server lets us.</summary>
internal static class PostgresDatabase
{
    public static async Task CreateIfMissingAsync(DatabaseTarget target, CancellationToken cancellationToken)
    {
        if (await ExistsAsync(target, cancellationToken))
            return;

        var parts = new NpgsqlConnectionStringBuilder(target.ConnectionString);
        var name = parts.Database!;
        parts.Database = "postgres";
        parts.Pooling = false;
        await using var server = new NpgsqlConnection(parts.ConnectionString);
        await server.OpenAsync(cancellationToken);
        await using var create = new NpgsqlCommand($"CREATE DATABASE {new NpgsqlCommandBuilder().QuoteIdentifier(name)}", server);
        try
        {
            await create.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another migrator was faster.
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new StartupException($"the database '{name}' does not exist, and user '{parts.Username}' may not create it", exception);
        }
    }

    private static async Task<bool> ExistsAsync(DatabaseTarget target, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(target.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return true;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            return false;
        }
    }
}
