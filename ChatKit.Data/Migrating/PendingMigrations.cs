using Microsoft.EntityFrameworkCore;

namespace ChatKit.Data.Migrating;

/// <summary>What a database lacks of this build's schema.</summary>
internal static class PendingMigrations
{
    /// <summary>What to tell whoever starts a service on a database that is not migrated; null where it is.</summary>
    public static async Task<string?> AdviceAsync(DbContext database, CancellationToken cancellationToken)
    {
        var pending = (await database.Database.GetPendingMigrationsAsync(cancellationToken)).Count();
        return pending == 0 ? null : $"the database lacks {pending} migration{(pending == 1 ? "" : "s")} of this build: run `chatkit migrate`";
    }
}
