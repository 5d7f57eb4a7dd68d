namespace ChatKit.Data.Gateway.Directory;

/// <summary>People who share models, keys and a budget.</summary>
public sealed class TeamRow : AllowanceRow
{
    public required string Id { get; init; }

    public string? Alias { get; set; }

    public string? OrganizationId { get; set; }

    public List<string> Models { get; set; } = [];

    public List<string> Tags { get; set; } = [];

    public List<string> Guardrails { get; set; } = [];

    /// <summary>A JSON object: what members call a model → what it is.</summary>
    public string? ModelAliases { get; set; }

    /// <summary>A JSON object.</summary>
    public string? Metadata { get; set; }

    public bool Blocked { get; set; }
}
