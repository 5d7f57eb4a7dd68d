namespace ChatKit.Data.Gateway.Directory;

/// <summary>Somebody for whom a key's holder calls: the <c>user</c> of a request. LiteLLM's end user.</summary>
public sealed class CustomerRow : AllowanceRow
{
    public required string Id { get; init; }

    public string? Alias { get; set; }

    /// <summary>A <see cref="BudgetRow"/> that gives what this row leaves open.</summary>
    public string? BudgetId { get; set; }

    /// <summary>The model that their calls go to, whatever they ask for.</summary>
    public string? DefaultModel { get; set; }

    /// <summary>Their calls stay in this region.</summary>
    public string? AllowedModelRegion { get; set; }

    public bool Blocked { get; set; }
}
