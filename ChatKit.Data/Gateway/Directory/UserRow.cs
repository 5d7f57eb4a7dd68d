namespace ChatKit.Data.Gateway.Directory;

/// <summary>A person or program that the gateway knows, whatever keys they hold. LiteLLM's internal user.</summary>
public sealed class UserRow : AllowanceRow
{
    public required string Id { get; init; }

    public string? Email { get; set; }

    public string? Alias { get; set; }

    /// <summary><c>proxy_admin</c>, <c>proxy_admin_viewer</c>, <c>internal_user</c> or <c>internal_user_viewer</c>.</summary>
    public required string Role { get; set; }

    public List<string> Models { get; set; } = [];

    /// <summary>A JSON object.</summary>
    public string? Metadata { get; set; }

    public bool Blocked { get; set; }
}
