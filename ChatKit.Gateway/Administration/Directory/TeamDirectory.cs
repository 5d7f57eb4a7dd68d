using ChatKit.Data.Gateway.Directory;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Accounts;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.LiteLlm.Directory;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Gateway.Administration.Directory;

/// <summary>Makes, changes, blocks and deletes teams. Their members are <see cref="TeamMembership"/>'s, what is read of them <see cref="TeamQueries"/>'.</summary>
internal sealed class TeamDirectory(AdminDatabase database, SnapshotHolder snapshots, TimeProvider time)
{
    internal const string Subject = "team";

    public ValueTask<Outcome<TeamWire>> NewAsync(RequestFields body, Caller by, CancellationToken cancellationToken) => database.ChangeAsync<TeamWire>(
        by,
        async change =>
        {
            var (id, now) = (body.Id("team_id") ?? Guid.NewGuid().ToString(), time.GetUtcNow().UtcDateTime);
            var team = new TeamRow { Id = id, CreatedAt = now, UpdatedAt = now };
            TeamFields.Apply(body, team);
            team.Models = Newcomers.Fill(snapshots.Current.Settings.Directory.NewTeam, team, team.Models);
            var people = body.Sections("members_with_roles");
            if (RequestErrors.Of(body) is { } problem) return problem;
            if (await change.Rows.Teams.AnyAsync(other => other.Id == id, cancellationToken)) return RequestErrors.Exists("team_id", "Team", id);

            change.Rows.Teams.Add(team);
            var (members, _, error) = await TeamMembers.AddAsync(change, id, people, maxBudget: null, now, cancellationToken);
            if (error is not null) return error;
            if (by.UserId is { } author && !members.Exists(member => member.UserId == author))
                change.Rows.TeamMembers.Add(new TeamMemberRow { TeamId = id, UserId = author, Role = TeamMembers.Admin, CreatedAt = now, UpdatedAt = now });
            var answer = (await TeamReader.OfAsync(change.Rows, [team], now, cancellationToken)).Describe(team);
            change.Announce(AccountKind.Team, id);
            change.Record("created", Subject, id, null, Text(answer));
            return answer;
        },
        cancellationToken);

    public ValueTask<Outcome<TeamUpdateWire>> UpdateAsync(RequestFields body, Caller by, CancellationToken cancellationToken) => ChangeAsync(
        body,
        by,
        "updated",
        team =>
        {
            if (!by.IsAdministrator && TeamFields.Beyond(body) is { } member) return RequestErrors.Forbidden(member, "only proxy admins may change this; a team's admins change its name, its metadata and its members");
            TeamFields.Apply(body, team);
            return null;
        },
        static answer => new TeamUpdateWire(answer.TeamId, answer),
        cancellationToken);

    public ValueTask<Outcome<TeamWire>> BlockAsync(RequestFields body, Caller by, bool blocked, CancellationToken cancellationToken) => ChangeAsync(
        body,
        by,
        blocked ? "blocked" : "unblocked",
        team =>
        {
            team.Blocked = blocked;
            return null;
        },
        static answer => answer,
        cancellationToken);

    /// <summary>Deletes teams, who was in them, and the keys that they paid for.</summary>
    public ValueTask<Outcome<TeamDeleteWire>> DeleteAsync(RequestFields body, Caller by, CancellationToken cancellationToken) => database.ChangeAsync<TeamDeleteWire>(
        by,
        async change =>
        {
            var ids = body.RequiredTexts("team_ids").Distinct().ToArray();
            if (RequestErrors.Of(body) is { } problem) return problem;
            var now = time.GetUtcNow().UtcDateTime;
            var teams = await change.Rows.Teams.Where(team => EF.Parameter(ids).Contains(team.Id)).ToListAsync(cancellationToken);
            if (Array.Find(ids, id => !teams.Exists(team => team.Id == id)) is { } missing) return RequestErrors.NotFound("team_id", "Team", missing);

            var reader = await TeamReader.OfAsync(change.Rows, teams, now, cancellationToken);
            foreach (var team in teams)
            {
                change.Announce(AccountKind.Team, team.Id);
                change.Record("deleted", Subject, team.Id, Text(reader.Describe(team)), null);
            }

            await OwnedKeys.DeleteAsync(change, key => EF.Parameter(ids).Contains(key.TeamId!), cancellationToken);
            await change.Rows.TeamMembers.Where(member => EF.Parameter(ids).Contains(member.TeamId)).ExecuteDeleteAsync(cancellationToken);
            change.Rows.Teams.RemoveRange(teams);
            return new TeamDeleteWire(ids);
        },
        cancellationToken);

    private ValueTask<Outcome<T>> ChangeAsync<T>(
        RequestFields body, Caller by, string action, Func<TeamRow, GatewayError?> apply, Func<TeamWire, T> answer, CancellationToken cancellationToken)
        where T : class => database.ChangeAsync<T>(
        by,
        async change =>
        {
            var (id, now) = (body.RequiredId("team_id"), time.GetUtcNow().UtcDateTime);
            if (RequestErrors.Of(body) is { } unnamed) return unnamed;
            if (await change.Rows.Teams.FindAsync([id], cancellationToken) is not { } team) return RequestErrors.NotFound("team_id", "Team", id);
            if (!await TeamMembers.MayManageAsync(change, id, cancellationToken)) return RequestErrors.NotYours("this team");
            var reader = await TeamReader.OfAsync(change.Rows, [team], now, cancellationToken);
            var before = Text(reader.Describe(team));
            if ((apply(team) ?? RequestErrors.Of(body)) is { } problem) return problem;
            team.UpdatedAt = now;
            var after = reader.Describe(team);
            change.Announce(AccountKind.Team, id);
            change.Record(action, Subject, id, before, Text(after));
            return answer(after);
        },
        cancellationToken);

    private static string Text(TeamWire team) => DirectoryText.Of(team, DirectoryJson.Default.TeamWire);
}
