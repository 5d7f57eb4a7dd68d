using ChatKit.Data.Gateway;
using ChatKit.Data.Gateway.Directory;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Wire.LiteLlm.Directory;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Gateway.Administration.Directory;

/// <summary>What is told about teams: everything to admins, to others the teams that they are in.</summary>
internal sealed class TeamQueries(AdminDatabase database, TimeProvider time)
{
    /// <summary>LiteLLM's word for teams without an organization.</summary>
    private const string NoOrganization = "default_organization";

    public ValueTask<Outcome<TeamInfoWire>> InfoAsync(string id, Caller by, CancellationToken cancellationToken) => database.ReadAsync<TeamInfoWire>(
        async rows =>
        {
            var now = time.GetUtcNow().UtcDateTime;
            if (await rows.Teams.AsNoTracking().FirstOrDefaultAsync(team => team.Id == id, cancellationToken) is not { } team) return RequestErrors.NotFound("team_id", "Team", id);
            var reader = await TeamReader.OfAsync(rows, [team], now, cancellationToken);
            if (!TeamMembers.MayLook(by, id, reader.MembersOf(id))) return RequestErrors.NotYours("this team");
            var keys = await KeySummaries.OfAsync(rows, rows.Keys.Where(key => key.TeamId == id), now, cancellationToken);
            return new TeamInfoWire(id, reader.Describe(team), keys, reader.MembershipsOf(id));
        },
        cancellationToken);

    public ValueTask<Outcome<List<ListedTeamWire>>> ListAsync(string? user, string? organization, Caller by, CancellationToken cancellationToken) => database.ReadAsync<List<ListedTeamWire>>(
        async rows =>
        {
            if (Narrow(rows, user, by, out var teams) is { } refused) return refused;
            var now = time.GetUtcNow().UtcDateTime;
            var found = await Within(teams!, organization).OrderBy(static team => team.Alias).ThenBy(static team => team.Id).ToListAsync(cancellationToken);
            var reader = await TeamReader.OfAsync(rows, found, now, cancellationToken);
            var ids = found.Select(static team => team.Id).ToArray();
            var keys = (await KeySummaries.OfAsync(rows, rows.Keys.Where(key => EF.Parameter(ids).Contains(key.TeamId!)), now, cancellationToken)).ToLookup(static key => key.TeamId);
            return found.ConvertAll(team => reader.Fill(new ListedTeamWire(team.Id), team) with { TeamMemberships = reader.MembershipsOf(team.Id), Keys = [.. keys[team.Id]] });
        },
        cancellationToken);

    /// <summary><c>/v2/team/list</c>: a page, without keys.</summary>
    public ValueTask<Outcome<TeamPageWire>> PageAsync(TeamPageQuery query, Caller by, CancellationToken cancellationToken) => database.ReadAsync<TeamPageWire>(
        async rows =>
        {
            if (Narrow(rows, query.UserId, by, out var all) is { } refused) return refused;
            var teams = Within(all!, query.OrganizationId);
            if (query.TeamId is { } id) teams = teams.Where(team => team.Id == id);
            if (query.TeamAlias is { } alias) teams = teams.Where(team => team.Alias != null && EF.Functions.Like(team.Alias.ToLower(), SearchPattern.Containing(alias), SearchPattern.Escape));
            var total = await teams.CountAsync(cancellationToken);
            var found = await teams.OrderBy(static team => team.Alias).ThenBy(static team => team.Id).Skip((query.Page - 1) * query.Size).Take(query.Size).ToListAsync(cancellationToken);
            var reader = await TeamReader.OfAsync(rows, found, time.GetUtcNow().UtcDateTime, cancellationToken);
            return new TeamPageWire(found.ConvertAll(reader.Describe), total, query.Page, query.Size, (total + query.Size - 1) / query.Size);
        },
        cancellationToken);

    /// <summary>Whoever is no admin sees the teams that they are in, and need not say so.</summary>
    private static GatewayError? Narrow(GatewayDbContext rows, string? user, Caller by, out IQueryable<TeamRow>? teams)
    {
        teams = rows.Teams.AsNoTracking();
        if (by.Role is not (Role.ProxyAdmin or Role.ProxyAdminViewer))
        {
            if (by.UserId is null || (user is not null && user != by.UserId)) return RequestErrors.NotYours("other people's teams");
            user = by.UserId;
        }

        if (user is { } member) teams = teams.Where(team => rows.TeamMembers.Any(row => row.TeamId == team.Id && row.UserId == member));
        return null;
    }

    private static IQueryable<TeamRow> Within(IQueryable<TeamRow> teams, string? organization) => organization switch
    {
        null => teams,
        NoOrganization => teams.Where(static team => team.OrganizationId == null),
        _ => teams.Where(team => team.OrganizationId == organization),
    };
}

/// <summary>Which page of which teams.</summary>
internal sealed record TeamPageQuery(string? UserId, string? OrganizationId, string? TeamId, string? TeamAlias, int Page, int Size);
