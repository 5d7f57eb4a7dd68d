namespace ChatKit.Gateway.Wire.LiteLlm.Directory;

/// <summary>
/// Somebody for whom a key's holder calls (https://docs.litellm.ai/docs/proxy/customers):
/// <code>{"user_id":"acme","alias":null,"blocked":false,"spend":0.2,"allowed_model_region":"eu","default_model":null,"litellm_budget_table":{"max_budget":5,…}}</code>
/// </summary>
internal sealed record CustomerWire(string UserId)
{
    public string? Alias { get; init; }

    public bool Blocked { get; init; }

    public decimal Spend { get; init; }

    public string? AllowedModelRegion { get; init; }

    public string? DefaultModel { get; init; }

    public string? BudgetId { get; init; }

    /// <summary>What counts for them: their own limits over those of the budget that they refer to.</summary>
    public BudgetWire? LitellmBudgetTable { get; init; }
}

/// <summary>The answer of <c>/customer/delete</c>.</summary>
internal sealed record CustomersDeletedWire(int DeletedCustomers, string Message);

/// <summary>The answer of <c>/customer/block</c> and <c>/customer/unblock</c>.</summary>
internal sealed record CustomersBlockedWire(IReadOnlyList<CustomerWire> BlockedUsers);
