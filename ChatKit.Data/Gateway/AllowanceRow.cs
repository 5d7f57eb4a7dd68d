namespace ChatKit.Data.Gateway;

/// <summary>
/// What somebody may spend and how fast: the columns that keys, teams, members, users, customers, tags and budgets have in common. Null is no limit.
/// </summary>
public abstract class AllowanceRow
{
    /// <summary>Nano-USD within one period of <see cref="BudgetDuration"/>.</summary>
    public long? MaxBudget { get; set; }

    /// <summary>Nano-USD from which on somebody is told; nothing is refused.</summary>
    public long? SoftBudget { get; set; }

    /// <summary>LiteLLM's <c>30s</c>, <c>30m</c>, <c>30h</c>, <c>30d</c>, <c>1w</c>, <c>1mo</c>; null: the budget is never filled again.</summary>
    public string? BudgetDuration { get; set; }

    /// <summary>Requests in a minute.</summary>
    public long? RpmLimit { get; set; }

    /// <summary>Tokens in a minute.</summary>
    public long? TpmLimit { get; set; }

    /// <summary>Calls at the same time.</summary>
    public int? MaxParallelRequests { get; set; }

    /// <summary>UTC. Budget periods that do not follow the calendar are counted from here.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime UpdatedAt { get; set; }
}
