using ChatKit.Data.Gateway.Directory;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Accounts;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Administration.Directory;

/// <summary>The teams that a new user gets into: <c>team_id</c>, else <c>teams</c> (ids, or objects with <c>team_id</c>, <c>user_role</c> and <c>max_budget_in_team</c>).</summary>
internal static class UserTeams
{
    public static IReadOnlyList<NewcomerTeam> Read(RequestFields body, DirectorySettings settings)
    {
        if (body.Id("team_id") is { } only) return [new NewcomerTeam(only, TeamMembers.User, null)];
        if (!body.Has("teams")) return settings.NewUserTeams;
        if (body.HoldsTexts("teams")) return [.. (body.Texts("teams") ?? []).Select(static id => new NewcomerTeam(id, TeamMembers.User, null))];
        return [.. body.Sections("teams").Select(static team => new NewcomerTeam(
            team.RequiredId("team_id"), team.OneOf("user_role", TeamMembers.User, TeamMembers.Admin) ?? TeamMembers.User, team.Dollars("max_budget_in_team")))];
    }

    public static async Task<GatewayError?> JoinAsync(PendingChange change, string user, IReadOnlyList<NewcomerTeam> teams, DateTime now, CancellationToken cancellationToken)
    {
        foreach (var team in teams.DistinctBy(static team => team.TeamId))
        {
            if (await change.Rows.Teams.FindAsync([team.TeamId], cancellationToken) is null) return RequestErrors.NotFound("team_id", "Team", team.TeamId);
            change.Rows.TeamMembers.Add(new TeamMemberRow { TeamId = team.TeamId, UserId = user, Role = team.Role, MaxBudget = team.MaxBudget, CreatedAt = now, UpdatedAt = now });
            change.Announce(AccountKind.TeamMember, $"{team.TeamId}/{user}");
        }

        return null;
    }
}
