using ChatKit.Data.Migrating;
using ChatKit.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Data.Chat;

/// <summary>Brings a database to this build's schema. Any number of processes may try at once: one works, the others wait and find it done.</summary>
public static class ChatMigrator
{
    /// <summary>Creates the database where it is missing, then applies what is pending. Returns the names of the migrations that it applied.</summary>
    public static async Task<IReadOnlyList<string>> MigrateAsync(DatabaseTarget target, CancellationToken cancellationToken = default)
    {
        await using var held = await MigrationLock.TakeAsync(target, cancellationToken);
        await using var database = ChatDatabase.Open(target);
        var pending = await PendingMigrationsAsync(database, cancellationToken);
        if (pending.Count > 0)
            await database.Database.MigrateAsync(cancellationToken);
        return pending;
    }

    /// <summary>The migrations of this build that the database lacks; all of them where it is empty.</summary>
    public static async Task<IReadOnlyList<string>> PendingMigrationsAsync(ChatDbContext database, CancellationToken cancellationToken = default) =>
        [.. await database.Database.GetPendingMigrationsAsync(cancellationToken)];

    /// <summary>What to tell whoever starts a service on a database that is not migrated.</summary>
    public static string PendingAdvice(int pending) =>
        $"the database lacks {pending} migration{(pending == 1 ? "" : "s")} of this build: run `chatkit migrate`";
}
