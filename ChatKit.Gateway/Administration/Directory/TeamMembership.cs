using ChatKit.Data.Gateway.Directory;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Accounts;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.LiteLlm.Directory;

namespace ChatKit.Gateway.Administration.Directory;

/// <summary>Adds people to a team, changes their role and their share of its budget, and takes them out. Proxy admins do, and the team's own admins.</summary>
internal sealed class TeamMembership(AdminDatabase database, TimeProvider time)
{
    private const string Subject = "team_member";
    private const string Share = "max_budget_in_team";

    public ValueTask<Outcome<TeamMemberAddWire>> AddAsync(RequestFields body, Caller by, CancellationToken cancellationToken) => ChangeAsync<TeamMemberAddWire>(
        body,
        by,
        async (change, team, now) =>
        {
            var (people, share) = (body.Sections("member"), body.Dollars(Share));
            if (people.Count == 0) body.Wrong<string>("member", "is required: {\"role\": \"user\", \"user_id\": \"…\"}, or a list of these");
            if (RequestErrors.Of(body) is { } problem) return problem;
            var (added, users, error) = await TeamMembers.AddAsync(change, team.Id, people, share, now, cancellationToken);
            if (error is not null) return error;
            var reader = await TeamReader.OfAsync(change.Rows, [team], now, cancellationToken);
            foreach (var member in added) change.Record("created", Subject, $"{team.Id}/{member.UserId}", null, Text(reader.Describe(member), member.Role));
            return reader.Fill(new TeamMemberAddWire(team.Id), team) with
            {
                UpdatedUsers = [.. users.Select(user => UserReader.Bare(user, now))],
                UpdatedTeamMemberships = [.. added.Select(reader.Describe)],
            };
        },
        cancellationToken);

    public ValueTask<Outcome<TeamMemberUpdateWire>> UpdateAsync(RequestFields body, Caller by, CancellationToken cancellationToken) => ChangeAsync<TeamMemberUpdateWire>(
        body,
        by,
        async (change, team, now) =>
        {
            var (member, user, error) = await TeamMembers.FindMemberAsync(change, team.Id, body, cancellationToken);
            if (member is null) return error!;
            var reader = await TeamReader.OfAsync(change.Rows, [team], now, cancellationToken);
            var before = Text(reader.Describe(member), member.Role);
            if (body.Has(Share)) member.MaxBudget = body.Dollars(Share);
            if (body.Has("tpm_limit")) member.TpmLimit = body.LargeCount("tpm_limit");
            if (body.Has("rpm_limit")) member.RpmLimit = body.LargeCount("rpm_limit");
            member.Role = body.OneOf("role", TeamMembers.Admin, TeamMembers.User) ?? member.Role;
            if (RequestErrors.Of(body) is { } problem) return problem;
            member.UpdatedAt = now;
            change.Announce(AccountKind.TeamMember, $"{team.Id}/{member.UserId}");
            change.Record("updated", Subject, $"{team.Id}/{member.UserId}", before, Text(reader.Describe(member), member.Role));
            return new TeamMemberUpdateWire(team.Id, member.UserId, user?.Email, member.Role, Allowances.Dollars(member.MaxBudget));
        },
        cancellationToken);

    public ValueTask<Outcome<TeamWire>> DeleteAsync(RequestFields body, Caller by, CancellationToken cancellationToken) => ChangeAsync<TeamWire>(
        body,
        by,
        async (change, team, now) =>
        {
            var (member, _, error) = await TeamMembers.FindMemberAsync(change, team.Id, body, cancellationToken);
            if (member is null) return error!;
            var reader = await TeamReader.OfAsync(change.Rows, [team], now, cancellationToken);
            change.Rows.TeamMembers.Remove(member);
            change.Announce(AccountKind.TeamMember, $"{team.Id}/{member.UserId}");
            change.Record("deleted", Subject, $"{team.Id}/{member.UserId}", Text(reader.Describe(member), member.Role), null);
            var answer = reader.Describe(team);
            return answer with { MembersWithRoles = [.. answer.MembersWithRoles.Where(other => other.UserId != member.UserId)] };
        },
        cancellationToken);

    private ValueTask<Outcome<T>> ChangeAsync<T>(
        RequestFields body, Caller by, Func<PendingChange, TeamRow, DateTime, Task<Outcome<T>>> apply, CancellationToken cancellationToken)
        where T : class => database.ChangeAsync<T>(
        by,
        async change =>
        {
            var id = body.RequiredId("team_id");
            if (RequestErrors.Of(body) is { } unnamed) return unnamed;
            if (await change.Rows.Teams.FindAsync([id], cancellationToken) is not { } team) return RequestErrors.NotFound("team_id", "Team", id);
            if (!await TeamMembers.MayManageAsync(change, id, cancellationToken)) return RequestErrors.NotYours("this team");
            return await apply(change, team, time.GetUtcNow().UtcDateTime);
        },
        cancellationToken);

    private static string Text(MembershipWire member, string role) =>
        $$"""{"role":"{{role}}","membership":{{DirectoryText.Of(member, DirectoryJson.Default.MembershipWire)}}}""";
}
