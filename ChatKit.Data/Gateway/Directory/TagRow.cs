namespace ChatKit.Data.Gateway.Directory;

/// <summary>A tag of requests that has a budget or models of its own.</summary>
public sealed class TagRow : AllowanceRow
{
    public required string Name { get; init; }

    public string? Description { get; set; }

    public List<string> Models { get; set; } = [];

    /// <summary>A <see cref="BudgetRow"/> that gives what this row leaves open.</summary>
    public string? BudgetId { get; set; }
}
