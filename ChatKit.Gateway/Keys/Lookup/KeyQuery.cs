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
                    from successor in database.Keys.Where(other => other.Token == row.Successor).DefaultIfEmpty()
                    let key = successor ?? row
                    from user in database.Users.Where(other => other.Id == (successor != null ? successor.UserId : row.UserId)).DefaultIfEmpty()
                    from team in database.Teams.Where(other => other.Id == (successor != null ? successor.TeamId : row.TeamId)).DefaultIfEmpty()
                    from member in database.TeamMembers.Where(other => other.TeamId == team!.Id && other.UserId == user!.Id).DefaultIfEmpty()
                    from budget in database.Budgets.Where(other => other.Id == (successor != null ? successor.BudgetId : row.BudgetId)).DefaultIfEmpty()
                    select new { row, successor, user, team, member, budget };
        var found = new Dictionary<KeyHash, KnownKey>(hashes.Count);
        foreach (var each in await query.AsNoTracking().ToListAsync(cancellationToken))
        {
            // An old key lives no longer than the one that took its place.
            if (each.row.Successor is not null && each.successor is null) continue;
            if (!KeyHash.TryParse(each.row.Token, out var hash)) continue;
            found[hash] = KeyComposer.Compose(new KeyRows(each.successor ?? each.row, each.successor is null ? null : each.row, each.user, each.team, each.member, each.budget));
        }

        return found;
    }
}
