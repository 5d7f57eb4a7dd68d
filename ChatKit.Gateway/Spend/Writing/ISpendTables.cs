using System.Data.Common;

namespace ChatKit.Gateway.Spend.Writing;

/// <summary>Writes a batch in the words of one database. All of it happens in the transaction that is given.</summary>
internal interface ISpendTables
{
    /// <summary>Notes that the segment is stored; false where it was before.</summary>
    Task<bool> MarkAsync(DbTransaction transaction, string segment, DateTime now, CancellationToken cancellationToken);

    /// <summary>Inserts settlements, and returns those that were not there yet.</summary>
    Task<IReadOnlyList<SpendRecord>> InsertAsync(DbTransaction transaction, IReadOnlyList<SpendRecord> records, CancellationToken cancellationToken);

    /// <summary>Adds to the sums, in their order.</summary>
    Task AddAsync(DbTransaction transaction, SpendBatch sums, DateTime now, CancellationToken cancellationToken);

    /// <summary>True where the database refuses what a record holds, and not because of its own state.</summary>
    bool RefusesContent(DbException failure);
}
