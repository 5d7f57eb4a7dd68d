using ChatKit.Data.Gateway;
using ChatKit.Gateway.Model.Accounts;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Gateway.Administration.Directory;

/// <summary>What accounts of one kind spent in the period that runs, as far as it is written down: a second or so behind the calls.</summary>
internal static class Spending
{
    /// <summary>US dollars by id; who spent nothing is not there.</summary>
    public static async Task<IReadOnlyDictionary<string, decimal>> OfAsync(
        GatewayDbContext rows, AccountKind kind, IReadOnlyList<(string Id, AllowanceRow Row)> accounts, DateTime now, CancellationToken cancellationToken)
    {
        if (accounts.Count == 0) return new Dictionary<string, decimal>();
        var starts = accounts.ToDictionary(static account => account.Id, account => Allowances.PeriodOf(account.Row).WindowAt(now).Start, StringComparer.Ordinal);
        var (name, ids, windows) = (kind.ToString(), starts.Keys.ToArray(), starts.Values.Distinct().ToArray());
        var found = await rows.AccountSpend.AsNoTracking()
            .Where(row => row.Kind == name && EF.Parameter(ids).Contains(row.Id) && EF.Parameter(windows).Contains(row.WindowStart))
            .ToListAsync(cancellationToken);
        return found.Where(row => row.WindowStart == starts[row.Id]).ToDictionary(static row => row.Id, static row => Allowances.Dollars(row.Spend), StringComparer.Ordinal);
    }
}
