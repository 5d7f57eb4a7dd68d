namespace ChatKit.Data.Gateway.Spend;

/// <summary>
/// What an account spent in one period of a budget. A new period is a new row, so nothing is ever reset. Written by the spend writer, in the transaction that
/// stores the settlements it comes from.
/// </summary>
public sealed class AccountSpendRow
{
    /// <summary>What kind of account, as its name in the code: <c>Key</c>, <c>Team</c> …</summary>
    public required string Kind { get; init; }

    public required string Id { get; init; }

    /// <summary>UTC. Of a budget that is never filled again, and for the sum of all times: <see cref="DateTime.UnixEpoch"/>.</summary>
    public required DateTime WindowStart { get; init; }

    /// <summary>Nano-USD.</summary>
    public required long Spend { get; set; }

    /// <summary>UTC.</summary>
    public required DateTime UpdatedAt { get; set; }
}
