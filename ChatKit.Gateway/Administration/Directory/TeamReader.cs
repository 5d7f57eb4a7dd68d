using ChatKit.Data.Gateway;
using ChatKit.Data.Gateway.Directory;
using ChatKit.Gateway.Model.Accounts;
using ChatKit.Gateway.Wire.LiteLlm.Directory;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Gateway.Administration.Directory;

/// <summary>Turns rows of teams into answers, many at a time: members, their addresses and what was spent take a query each, however many teams there are.</summary>
internal sealed class TeamReader
{
    private readonly ILookup<string, TeamMemberRow> _members;
    private readonly IReadOnlyDictionary<string, string?> _emails;
    private readonly IReadOnlyDictionary<string, decimal> _spent;
    private readonly IReadOnlyDictionary<string, decimal> _spentByMembers;
    private readonly DateTime _now;

    private TeamReader(
        ILookup<string, TeamMemberRow> members,
        IReadOnlyDictionary<string, string?> emails,
        IReadOnlyDictionary<string, decimal> spent,
        IReadOnlyDictionary<string, decimal> spentByMembers,
        DateTime now) => (_members, _emails, _spent, _spentByMembers, _now) = (members, emails, spent, spentByMembers, now);

    public static async Task<TeamReader> OfAsync(GatewayDbContext rows, IReadOnlyList<TeamRow> teams, DateTime now, CancellationToken cancellationToken)
    {
        var ids = teams.Select(static team => team.Id).ToArray();
        var members = await rows.TeamMembers.AsNoTracking().Where(member => EF.Parameter(ids).Contains(member.TeamId)).OrderBy(static member => member.CreatedAt).ToListAsync(cancellationToken);
        // Those that the same change adds and has not stored yet.
        members.AddRange(rows.TeamMembers.Local.Where(member => ids.Contains(member.TeamId) && rows.Entry(member).State is EntityState.Added));
        var people = members.Select(static member => member.UserId).Distinct().ToArray();
        var emails = await rows.Users.AsNoTracking().Where(user => EF.Parameter(people).Contains(user.Id)).Select(static user => new { user.Id, user.Email }).ToDictionaryAsync(static user => user.Id, static user => user.Email, cancellationToken);
        foreach (var user in rows.Users.Local) emails[user.Id] = user.Email;
        return new TeamReader(
            members.ToLookup(static member => member.TeamId),
            emails,
            await Spending.OfAsync(rows, AccountKind.Team, [.. teams.Select(static team => (team.Id, (AllowanceRow)team))], now, cancellationToken),
            await Spending.OfAsync(rows, AccountKind.TeamMember, [.. members.Select(static member => (AccountOf(member), (AllowanceRow)member))], now, cancellationToken),
            now);
    }

    public IEnumerable<TeamMemberRow> MembersOf(string team) => _members[team];

    public TeamWire Describe(TeamRow team) => Fill(new TeamWire(team.Id), team);

    /// <summary>Any answer that has a team's members in it.</summary>
    public T Fill<T>(T answer, TeamRow team)
        where T : TeamWire
    {
        return answer.With(team, _now) with
        {
            TeamAlias = team.Alias,
            OrganizationId = team.OrganizationId,
            MembersWithRoles = [.. _members[team.Id].Select(member => new MemberWire(member.UserId, _emails.GetValueOrDefault(member.UserId), member.Role))],
            Models = team.Models,
            Tags = team.Tags,
            Guardrails = team.Guardrails,
            ModelAliases = StoredObject.Read(team.ModelAliases),
            Metadata = StoredObject.ReadOrEmpty(team.Metadata),
            Blocked = team.Blocked,
            Spend = _spent.GetValueOrDefault(team.Id),
        };
    }

    public List<MembershipWire> MembershipsOf(string team) => [.. _members[team].Select(Describe)];

    public MembershipWire Describe(TeamMemberRow member) =>
        new(member.UserId, member.TeamId, _spentByMembers.GetValueOrDefault(AccountOf(member)), Allowances.Own(member, _now));

    private static string AccountOf(TeamMemberRow member) => $"{member.TeamId}/{member.UserId}";
}
