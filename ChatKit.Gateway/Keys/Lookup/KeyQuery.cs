using ChatKit.Data.Gateway;
using ChatKit.Gateway.Model;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Gateway.Keys.Lookup;

/// <summary>Reads keys with user, team, membership and named budget: one round trip, by primary keys alone.</summary>
internal sealed class KeyQuery(IDbContextFactory<GatewayDbContext> contexts)
{
    public async Task<IReadOnlyDictionary<KeyHash, KnownKey>> ReadAsync(IReadOnlyList<KeyHash> hashes, CancellationToken cancellationToken)
    {
        var tokens = hashes.Select(static hash => hash.ToString()).ToArray();
        await using var database = await contexts.CreateDbContextAsync(cancellationToken);
        var query = from row in database.Keys
                    where EF.Parameter(tokens).Contains(row.Token)
                    join other in database.Keys on row.Successor equals other.Token into successors
                    from successor in successors.DefaultIfEmpty()
                    let userId = successor!.UserId ?? row.UserId
                    let teamId = successor!.TeamId ?? row.TeamId
                    let budgetId = successor!.BudgetId ?? row.BudgetId
                    join other in database.Users on userId equals other.Id into users
                    from user in users.DefaultIfEmpty()
                    join other in database.Teams on teamId equals other.Id into teams
                    from team in teams.DefaultIfEmpty()
                    join other in database.TeamMembers on new { TeamId = teamId!, UserId = userId! } equals new { other.TeamId, other.UserId } into members
                    from member in members.DefaultIfEmpty()
                    join other in database.Budgets on budgetId equals other.Id into budgets
                    from budget in budgets.DefaultIfEmpty()
                    select new { row, successor, user, team, member, budget };
        var found = new Dictionary<KeyHash, KnownKey>(hashes.Count);
        foreach (var each in await query.IgnoreQueryFilters().AsNoTracking().ToListAsync(cancellationToken))
        {
            // An old key lives no longer than the one that took its place.
            if (each.row.Successor is not null && each.successor is null) continue;
            if (!KeyHash.TryParse(each.row.Token, out var hash)) continue;
            found[hash] = KeyComposer.Compose(new KeyRows(each.successor ?? each.row, each.successor is null ? null : each.row, each.user, each.team, each.member, each.budget));
        }

        return found;
    }
}
