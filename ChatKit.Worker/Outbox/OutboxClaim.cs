using ChatKit.Data.Chat;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace ChatKit.Worker.Outbox;

/// <summary>
/// Waiting rows that no other worker is looking at. On PostgreSQL they are locked until <see cref="CommitAsync"/>, and others skip them; on
/// SQLite there is no other worker, and a transaction held open here would only keep the scheduler from writing.
/// </summary>
internal sealed class OutboxClaim(ChatDbContext database, IDbContextTransaction? transaction, IReadOnlyList<OutboxRow> rows) : IAsyncDisposable
{
    private const int Batch = 50;

    public IReadOnlyList<OutboxRow> Rows => rows;

    /// <summary>There may be more waiting.</summary>
    public bool IsFull => rows.Count == Batch;

    public static async Task<OutboxClaim> TakeAsync(ChatDbContext database, IReadOnlyList<string> kinds, CancellationToken cancellationToken)
    {
        if (!database.Database.IsNpgsql())
            return new OutboxClaim(database, null, await Waiting(database.Outbox, kinds).ToListAsync(cancellationToken));

        var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        var free = database.Outbox.FromSql(
            $"SELECT * FROM outbox WHERE enqueued_at IS NULL AND kind = ANY ({kinds}) ORDER BY created_at LIMIT {Batch} FOR UPDATE SKIP LOCKED");
        return new OutboxClaim(database, transaction, await free.ToListAsync(cancellationToken));
    }

    /// <summary>Stores what changed in the rows and lets go of them.</summary>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        await database.SaveChangesAsync(cancellationToken);
        if (transaction is not null)
            await transaction.CommitAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => transaction?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static IQueryable<OutboxRow> Waiting(IQueryable<OutboxRow> outbox, IReadOnlyList<string> kinds) =>
        outbox.Where(row => row.EnqueuedAt == null && kinds.Contains(row.Kind)).OrderBy(row => row.CreatedAt).Take(Batch);
}
