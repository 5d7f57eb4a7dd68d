namespace ChatKit.Gateway.Model.Accounts;

/// <summary>Who pays for a call, or is counted by it: each call has several, and each may refuse it.</summary>
internal sealed record Account(AccountId Id)
{
    /// <summary>The name that people gave it.</summary>
    public string? Alias { get; init; }

    /// <summary>What it may spend; several where several periods count at once, none where nothing limits it.</summary>
    public IReadOnlyList<Budget> Budgets { get; init; } = [];

    /// <summary>How fast it may call.</summary>
    public RateLimits Limits { get; init; } = RateLimits.None;
}
