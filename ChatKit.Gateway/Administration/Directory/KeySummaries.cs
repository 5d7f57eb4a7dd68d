using ChatKit.Data.Gateway;
using ChatKit.Data.Gateway.Keys;
using ChatKit.Gateway.Model.Accounts;
using ChatKit.Gateway.Wire.LiteLlm.Directory;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Gateway.Administration.Directory;

/// <summary>The keys of a team or of a user, as they show beside it.</summary>
internal static class KeySummaries
{
    /// <summary>More than anybody reads in one answer; <c>/key/list</c> has pages.</summary>
    private const int Most = 1000;

    public static async Task<List<KeySummaryWire>> OfAsync(GatewayDbContext rows, IQueryable<VirtualKeyRow> keys, DateTime now, CancellationToken cancellationToken)
    {
        var found = await keys.AsNoTracking().OrderByDescending(static key => key.CreatedAt).Take(Most).ToListAsync(cancellationToken);
        var spent = await Spending.OfAsync(rows, AccountKind.Key, [.. found.Select(static key => (key.Token, (AllowanceRow)key))], now, cancellationToken);
        return [.. found.Select(key => new KeySummaryWire(key.Token, key.Name)
        {
            KeyAlias = key.Alias,
            UserId = key.UserId,
            TeamId = key.TeamId,
            Models = key.Models,
            MaxBudget = Allowances.Dollars(key.MaxBudget),
            Spend = spent.GetValueOrDefault(key.Token),
            Expires = key.ExpiresAt,
            Blocked = key.Blocked,
            CreatedAt = key.CreatedAt,
        })];
    }
}
