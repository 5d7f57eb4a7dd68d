namespace ChatKit.Data.Gateway.Keys;

/// <summary>A key that the gateway gave out. The key itself is nowhere: only its hash is.</summary>
public sealed class VirtualKeyRow : AllowanceRow
{
    /// <summary>The lower-hex SHA-256 of the whole key.</summary>
    public required string Token { get; init; }

    /// <summary>What of the key may be shown: <c>sk-...abcd</c>.</summary>
    public required string Name { get; set; }

    /// <summary>A name that people gave it, unique.</summary>
    public string? Alias { get; set; }

    public string? UserId { get; set; }

    public string? TeamId { get; set; }

    public string? OrganizationId { get; set; }

    /// <summary>A <see cref="Directory.BudgetRow"/> that gives what this row leaves open.</summary>
    public string? BudgetId { get; set; }

    /// <summary>Names of models, access groups and patterns; empty for all.</summary>
    public List<string> Models { get; set; } = [];

    public List<string> AllowedRoutes { get; set; } = [];

    public List<string> Tags { get; set; } = [];

    public List<string> Guardrails { get; set; } = [];

    /// <summary>A JSON object: what the holder calls a model → what it is.</summary>
    public string? Aliases { get; set; }

    /// <summary>A JSON object.</summary>
    public string? Metadata { get; set; }

    /// <summary>A JSON object.</summary>
    public string? Permissions { get; set; }

    /// <summary>A JSON array of <c>{"budget_duration","max_budget"}</c>: several periods at once.</summary>
    public string? BudgetLimits { get; set; }

    /// <summary>A JSON object: model → <c>{"budget_limit","time_period"}</c>.</summary>
    public string? ModelMaxBudget { get; set; }

    /// <summary>A JSON object: model → requests in a minute.</summary>
    public string? ModelRpmLimit { get; set; }

    /// <summary>A JSON object: model → tokens in a minute.</summary>
    public string? ModelTpmLimit { get; set; }

    /// <summary>
    /// The <see cref="Token"/> of the key that took this one's place; null for every other. Such a row says nothing but until when the old key is good, by <see cref="ExpiresAt"/>.
    /// </summary>
    public string? Successor { get; set; }

    public bool Blocked { get; set; }

    /// <summary>UTC; null: never.</summary>
    public DateTime? ExpiresAt { get; set; }

    public string? CreatedBy { get; init; }

    public string? UpdatedBy { get; set; }
}
