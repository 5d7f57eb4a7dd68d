namespace ChatKit.Data.Gateway.Directory;

/// <summary>A user in a team, and what the team lets them spend of its budget.</summary>
public sealed class TeamMemberRow : AllowanceRow
{
    public required string TeamId { get; init; }

    public required string UserId { get; init; }

    /// <summary><c>admin</c> or <c>user</c>.</summary>
    public required string Role { get; set; }
}
