using System.Text.Json;

namespace ChatKit.Gateway.Wire.LiteLlm.Directory;

/// <summary>
/// A team (https://docs.litellm.ai/docs/proxy/team_budgets):
/// <code>{"team_id":"core","team_alias":"Core","members_with_roles":[{"role":"admin","user_id":"ada","user_email":"ada@example.com"}],"models":["smart"],"max_budget":100,"spend":12.5,"blocked":false,…}</code>
/// </summary>
internal record TeamWire(string TeamId) : AllowanceWire
{
    public string? TeamAlias { get; init; }

    public string? OrganizationId { get; init; }

    public IReadOnlyList<MemberWire> MembersWithRoles { get; init; } = [];

    /// <summary>LiteLLM's older lists of the same people.</summary>
    public IReadOnlyList<string> Admins => [.. MembersWithRoles.Where(static member => member.Role == "admin").Select(static member => member.UserId)];

    public IReadOnlyList<string> Members => [.. MembersWithRoles.Select(static member => member.UserId)];

    public IReadOnlyList<string> Models { get; init; } = [];

    public IReadOnlyList<string> Tags { get; init; } = [];

    public IReadOnlyList<string> Guardrails { get; init; } = [];

    public JsonElement? ModelAliases { get; init; }

    public JsonElement Metadata { get; init; }

    public bool Blocked { get; init; }

    /// <summary>In the period that runs.</summary>
    public decimal Spend { get; init; }
}

internal sealed record MemberWire(string UserId, string? UserEmail, string Role);

/// <summary>What a team lets one of its members spend.</summary>
internal sealed record MembershipWire(string UserId, string TeamId, decimal Spend, BudgetWire? LitellmBudgetTable);

/// <summary>The answer of <c>/team/list</c>, one of them, and of <c>/v2/team/list</c>.</summary>
internal sealed record ListedTeamWire(string TeamId) : TeamWire(TeamId)
{
    public IReadOnlyList<MembershipWire> TeamMemberships { get; init; } = [];

    public IReadOnlyList<KeySummaryWire> Keys { get; init; } = [];
}

internal sealed record TeamPageWire(IReadOnlyList<TeamWire> Teams, int Total, int Page, int PageSize, int TotalPages);

/// <summary>The answer of <c>/team/info</c>.</summary>
internal sealed record TeamInfoWire(string TeamId, TeamWire TeamInfo, IReadOnlyList<KeySummaryWire> Keys, IReadOnlyList<MembershipWire> TeamMemberships);

/// <summary>The answer of <c>/team/update</c>.</summary>
internal sealed record TeamUpdateWire(string TeamId, TeamWire Data);

/// <summary>The answer of <c>/team/delete</c>.</summary>
internal sealed record TeamDeleteWire(IReadOnlyList<string> DeletedTeams);

/// <summary>The answer of <c>/team/member_add</c>: the team as it is now, and who was added.</summary>
internal sealed record TeamMemberAddWire(string TeamId) : TeamWire(TeamId)
{
    public IReadOnlyList<UserWire> UpdatedUsers { get; init; } = [];

    public IReadOnlyList<MembershipWire> UpdatedTeamMemberships { get; init; } = [];
}

/// <summary>The answer of <c>/team/member_update</c>.</summary>
internal sealed record TeamMemberUpdateWire(string TeamId, string UserId, string? UserEmail, string Role, decimal? MaxBudgetInTeam);
