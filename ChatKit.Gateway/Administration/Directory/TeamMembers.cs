using ChatKit.Data.Gateway.Directory;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Accounts;
using ChatKit.Gateway.Wire.Json;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Gateway.Administration.Directory;

/// <summary>Who is in a team: read out of requests, found or made as users, added, found again.</summary>
internal static class TeamMembers
{
    public const string Admin = "admin";
    public const string User = "user";

    /// <summary>Proxy admins, and whoever is admin in the team.</summary>
    public static async Task<bool> MayManageAsync(PendingChange change, string team, CancellationToken cancellationToken) =>
        change.By.IsAdministrator
        || (change.By.UserId is { } user && await change.Rows.TeamMembers.AnyAsync(member => member.TeamId == team && member.UserId == user && member.Role == Admin, cancellationToken));

    /// <summary>Proxy admins, those who may look, the team's members, and whoever calls with a key of the team.</summary>
    public static bool MayLook(Caller caller, string team, IEnumerable<TeamMemberRow> members) =>
        caller.Role is Role.ProxyAdmin or Role.ProxyAdminViewer || caller.TeamId == team || (caller.UserId is { } user && members.Any(member => member.UserId == user));

    /// <summary>Adds the people that the request names to a team, and makes users of those who were none.</summary>
    public static async Task<(List<TeamMemberRow> Added, List<UserRow> Users, GatewayError? Error)> AddAsync(
        PendingChange change, string team, IReadOnlyList<RequestFields> people, long? maxBudget, DateTime now, CancellationToken cancellationToken)
    {
        var (added, users) = (new List<TeamMemberRow>(), new List<UserRow>());
        foreach (var person in people)
        {
            var (role, id, email) = (person.OneOf("role", Admin, User) ?? User, person.Id("user_id"), UserFields.Email(person));
            if (id is null && email is null) person.Wrong<string>("user_id", "or user_email is required");
            if (RequestErrors.Of(person) is { } problem) return ([], [], problem);
            var user = await FindAsync(change, id, email, cancellationToken) ?? users.Find(made => made.Id == id);
            if (user is null) change.Rows.Users.Add(user = NewUser(id, email, now));
            if (added.Exists(member => member.UserId == user.Id) || await change.Rows.TeamMembers.FindAsync([team, user.Id], cancellationToken) is not null)
                return ([], [], RequestErrors.Invalid("member", $"user {user.Id} is in the team already"));
            var row = new TeamMemberRow { TeamId = team, UserId = user.Id, Role = role, MaxBudget = maxBudget, CreatedAt = now, UpdatedAt = now };
            change.Rows.TeamMembers.Add(row);
            change.Announce(AccountKind.TeamMember, $"{team}/{user.Id}");
            added.Add(row);
            users.Add(user);
        }

        return (added, users, null);
    }

    /// <summary>The member that the request names by <c>user_id</c> or <c>user_email</c>.</summary>
    public static async Task<(TeamMemberRow? Member, UserRow? User, GatewayError? Error)> FindMemberAsync(
        PendingChange change, string team, RequestFields body, CancellationToken cancellationToken)
    {
        var (id, email) = (body.Id("user_id"), body.Text("user_email"));
        if (id is null && email is null) body.Wrong<string>("user_id", "or user_email is required");
        if (RequestErrors.Of(body) is { } problem) return (null, null, problem);
        var user = await FindAsync(change, id, email, cancellationToken);
        var member = (user?.Id ?? id) is { } wanted ? await change.Rows.TeamMembers.FindAsync([team, wanted], cancellationToken) : null;
        return member is null ? (null, null, RequestErrors.NotFound(id is null ? "user_email" : "user_id", "Member of the team", (id ?? email)!)) : (member, user, null);
    }

    private static async Task<UserRow?> FindAsync(PendingChange change, string? id, string? email, CancellationToken cancellationToken) => id is not null
        ? await change.Rows.Users.FindAsync([id], cancellationToken)
        : await change.Rows.Users.OrderBy(static user => user.CreatedAt).FirstOrDefaultAsync(user => user.Email == email, cancellationToken);

    private static UserRow NewUser(string? id, string? email, DateTime now) =>
        new() { Id = id ?? Guid.NewGuid().ToString(), Email = email, Role = UserRoles.InternalUser, CreatedAt = now, UpdatedAt = now };
}
