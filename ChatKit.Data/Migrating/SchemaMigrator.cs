using ChatKit.Data.Chat;
using ChatKit.Data.Gateway;
using ChatKit.Data.Users;
using ChatKit.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Data.Migrating;

/// <summary>Brings every table of a database to this build's schema. Any number of processes may try at once: one works, the others wait and find it done.</summary>
public static class SchemaMigrator
{
    /// <summary>Creates the database where it is missing, then applies what is pending. Returns the names of the migrations that it applied.</summary>
    public static async Task<IReadOnlyList<string>> MigrateAsync(DatabaseTarget target, CancellationToken cancellationToken = default)
    {
        await using var held = await MigrationLock.TakeAsync(target, cancellationToken);
        await using var chat = ChatDatabase.Open(target);
        await using var users = UsersDatabase.Open(target);
        await using var gateway = GatewayDatabase.Open(target);
        var applied = new List<string>();
        foreach (var part in (DbContext[])[chat, users, gateway])
            applied.AddRange(await ApplyAsync(part, cancellationToken));
        return applied;
    }

    private static async Task<IReadOnlyList<string>> ApplyAsync(DbContext part, CancellationToken cancellationToken)
    {
        List<string> pending = [.. await part.Database.GetPendingMigrationsAsync(cancellationToken)];
        if (pending.Count > 0)
            await part.Database.MigrateAsync(cancellationToken);
        return pending;
    }
}
