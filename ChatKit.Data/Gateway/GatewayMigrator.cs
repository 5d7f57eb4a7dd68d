using ChatKit.Data.Migrating;
using ChatKit.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Data.Gateway;

/// <summary>Brings the gateway's tables to this build's schema, under the same lock as the chat's.</summary>
public static class GatewayMigrator
{
    /// <summary>Creates the database where it is missing, then applies what is pending. Returns the names of the migrations that it applied.</summary>
    public static async Task<IReadOnlyList<string>> MigrateAsync(DatabaseTarget target, CancellationToken cancellationToken = default)
    {
        await using var held = await MigrationLock.TakeAsync(target, cancellationToken);
        await using var database = GatewayDatabase.Open(target);
        List<string> pending = [.. await database.Database.GetPendingMigrationsAsync(cancellationToken)];
        if (pending.Count > 0)
            await database.Database.MigrateAsync(cancellationToken);
        return pending;
    }
}
