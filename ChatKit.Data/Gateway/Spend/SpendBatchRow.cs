namespace ChatKit.Data.Gateway.Spend;

/// <summary>A segment of a replica's journal that is in the database: should the file be read again after a crash, nothing of it counts twice.</summary>
public sealed class SpendBatchRow
{
    /// <summary>The name of the segment's file.</summary>
    public required string Id { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime WrittenAt { get; init; }
}
