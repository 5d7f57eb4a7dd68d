namespace ChatKit.Gateway.Wire.LiteLlm.Directory;

/// <summary>
/// A tag with a budget (https://docs.litellm.ai/docs/proxy/tag_budgets):
/// <code>{"name":"batch","description":"nightly","models":[],"litellm_budget_table":{"max_budget":20,…},"spend":1.5,"created_at":"…","updated_at":"…","created_by":"ada"}</code>
/// </summary>
internal sealed record TagWire(string Name)
{
    public string? Description { get; init; }

    /// <summary>Deployments get their tags by <c>litellm_params.tags</c>, so there is none here.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    public BudgetWire? LitellmBudgetTable { get; init; }

    public decimal Spend { get; init; }

    public DateTime CreatedAt { get; init; }

    public DateTime UpdatedAt { get; init; }
}

/// <summary>The answer of <c>/tag/new</c>, <c>/tag/update</c> and <c>/tag/delete</c>.</summary>
internal sealed record TagChangedWire(string Message, TagWire? Tag);
