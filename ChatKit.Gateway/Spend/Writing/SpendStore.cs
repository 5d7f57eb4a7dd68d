using System.Data.Common;
using ChatKit.Data.Gateway;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace ChatKit.Gateway.Spend.Writing;

/// <summary>
/// Stores a segment in one transaction: its settlements, the sums that they add to, and the note that it was done. Whatever happens twice counts once: a segment by
/// its name, a settlement by its id.
/// </summary>
internal sealed class SpendStore(IDbContextFactory<GatewayDbContext> contexts, ISpendTables tables, TimeProvider time)
{
    /// <param name="segment">The segment's name.</param>
    /// <param name="records">What it holds.</param>
    /// <param name="onlySums"><c>disable_spend_logs</c>: settlements leave no row, and only the segment's name says what was counted.</param>
    /// <param name="cancellationToken">Breaks off; nothing is stored then.</param>
    public async Task WriteAsync(string segment, IReadOnlyList<SpendRecord> records, bool onlySums, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await using var database = await contexts.CreateDbContextAsync(cancellationToken);
        await using var begun = await database.Database.BeginTransactionAsync(cancellationToken);
        var transaction = begun.GetDbTransaction();
        if (!await tables.MarkAsync(transaction, segment, now, cancellationToken)) return;
        // In the order of their ids, so that two writers who have the same ones do not wait for each other.
        var counted = onlySums ? records : await tables.InsertAsync(transaction, [.. records.OrderBy(static record => record.RequestId, StringComparer.Ordinal)], cancellationToken);
        var sums = new SpendBatch();
        foreach (var record in counted) sums.Add(record);
        await tables.AddAsync(transaction, sums, now, cancellationToken);
        await begun.CommitAsync(cancellationToken);
    }

    public bool RefusesContent(DbException failure) => tables.RefusesContent(failure);
}
