using ChatKit.ServiceDefaults.Database;

namespace ChatKit.Data.Migrating;

/// <summary>One migrator at a time. Whatever holds the lock lets go of it when its process dies.</summary>
internal static class MigrationLock
{
    public static async Task<IAsyncDisposable> TakeAsync(DatabaseTarget target, CancellationToken cancellationToken) => target.Kind == DatabaseKind.Sqlite
        ? await SqliteMigrationLock.TakeAsync(target, cancellationToken)
        : await PostgresMigrationLock.TakeAsync(target, cancellationToken);
}
