namespace ChatKit.Gateway.Wire.LiteLlm.Directory;

/// <summary>What somebody may spend and how fast, as every answer about a team, a user or a member has it. Money is US dollars; null is no limit.</summary>
internal abstract record AllowanceWire
{
    public decimal? MaxBudget { get; init; }

    public decimal? SoftBudget { get; init; }

    public string? BudgetDuration { get; init; }

    /// <summary>When the budget is filled again; null for never.</summary>
    public DateTime? BudgetResetAt { get; init; }

    public long? TpmLimit { get; init; }

    public long? RpmLimit { get; init; }

    public int? MaxParallelRequests { get; init; }

    public DateTime? CreatedAt { get; init; }

    public DateTime? UpdatedAt { get; init; }
}
