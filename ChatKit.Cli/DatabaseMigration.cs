using System.Data.Common;
using ChatKit.Data.Migrating;
using ChatKit.ServiceDefaults.Database;
using ChatKit.ServiceDefaults.Hosting;

namespace ChatKit.Cli;

/// <summary>Migrates, and says in one sentence why a database cannot be used.</summary>
internal static class DatabaseMigration
{
    /// <param name="target">The database.</param>
    /// <param name="namedBy">The variable or the option that names it.</param>
    /// <param name="cancellationToken">Ends the wait for other migrators too.</param>
    public static async Task<IReadOnlyList<string>> RunAsync(DatabaseTarget target, string namedBy, CancellationToken cancellationToken)
    {
        try
        {
            return await SchemaMigrator.MigrateAsync(target, cancellationToken);
        }
        catch (Exception failure) when (failure is DbException or IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"the {Name(target)} of {namedBy} cannot be used: {failure.Message}", failure);
        }
    }

    private static string Name(DatabaseTarget target) => target.Kind == DatabaseKind.Sqlite ? "SQLite file" : "PostgreSQL database";
}
