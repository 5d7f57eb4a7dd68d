namespace ChatKit.Data.Gateway.Directory;

/// <summary>Limits with a name, which keys, customers and members refer to.</summary>
public sealed class BudgetRow : AllowanceRow
{
    public required string Id { get; init; }

    /// <summary>A JSON object: model → <c>{"budget_limit","time_period"}</c>.</summary>
    public string? ModelMaxBudget { get; set; }

    public string? CreatedBy { get; init; }

    public string? UpdatedBy { get; set; }
}
