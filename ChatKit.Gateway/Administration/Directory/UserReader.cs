using ChatKit.Data.Gateway;
using ChatKit.Data.Gateway.Directory;
using ChatKit.Gateway.Model.Accounts;
using ChatKit.Gateway.Wire.LiteLlm.Directory;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Gateway.Administration.Directory;

/// <summary>Turns rows of users into answers, many at a time.</summary>
internal sealed class UserReader
{
    private readonly ILookup<string, string> _teams;
    private readonly IReadOnlyDictionary<string, decimal> _spent;
    private readonly DateTime _now;

    private UserReader(ILookup<string, string> teams, IReadOnlyDictionary<string, decimal> spent, DateTime now) => (_teams, _spent, _now) = (teams, spent, now);

    public static async Task<UserReader> OfAsync(GatewayDbContext rows, IReadOnlyList<UserRow> users, DateTime now, CancellationToken cancellationToken)
    {
        var ids = users.Select(static user => user.Id).ToArray();
        var teams = await rows.TeamMembers.AsNoTracking().Where(member => EF.Parameter(ids).Contains(member.UserId)).OrderBy(static member => member.CreatedAt).ToListAsync(cancellationToken);
        teams.AddRange(rows.TeamMembers.Local.Where(member => ids.Contains(member.UserId) && rows.Entry(member).State is EntityState.Added));
        var spent = await Spending.OfAsync(rows, AccountKind.User, [.. users.Select(static user => (user.Id, (AllowanceRow)user))], now, cancellationToken);
        return new UserReader(teams.ToLookup(static member => member.UserId, static member => member.TeamId), spent, now);
    }

    public UserWire Describe(UserRow user) => Fill(new UserWire(user.Id) { UserRole = user.Role }, user);

    public T Fill<T>(T answer, UserRow user)
        where T : UserWire => Fill(answer, user, _now) with { Teams = [.. _teams[user.Id]], Spend = _spent.GetValueOrDefault(user.Id) };

    /// <summary>The row alone, where teams and spend are beside the point.</summary>
    public static UserWire Bare(UserRow user, DateTime now) => Fill(new UserWire(user.Id) { UserRole = user.Role }, user, now);

    private static T Fill<T>(T answer, UserRow user, DateTime now)
        where T : UserWire
    {
        return answer.With(user, now) with
        {
            UserEmail = user.Email,
            UserAlias = user.Alias,
            UserRole = user.Role,
            Models = user.Models,
            Metadata = StoredObject.ReadOrEmpty(user.Metadata),
            Blocked = user.Blocked,
        };
    }
}
