using ChatKit.Data.Gateway;
using ChatKit.Gateway.Model.Accounts;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Gateway.Spend.Reports;

/// <summary>What a report can ask the database: sums along a few lines, what accounts spent since there is a log of it, and what people call them.</summary>
internal sealed class SpendReader(GatewayDbContext database, CancellationToken cancellationToken)
{
    public Task<List<SpendSum<DateOnly>>> DaysAsync(DailySums sums) => sums.SumAsync(database, static row => row.Day, cancellationToken);

    public Task<List<SpendSum<string>>> ModelsAsync(DailySums sums) => sums.SumAsync(database, static row => row.Model, cancellationToken);

    public Task<List<SpendSum<string>>> ProvidersAsync(DailySums sums) => sums.SumAsync(database, static row => row.Provider, cancellationToken);

    public Task<List<SpendSum<string>>> IdsAsync(DailySums sums) => sums.SumAsync(database, static row => row.Id, cancellationToken);

    public Task<List<SpendSum<DayAndName>>> DailyModelsAsync(DailySums sums) => sums.SumAsync(database, static row => new DayAndName(row.Day, row.Model), cancellationToken);

    public Task<List<SpendSum<DayAndName>>> DailyGroupsAsync(DailySums sums) => sums.SumAsync(database, static row => new DayAndName(row.Day, row.ModelGroup), cancellationToken);

    public Task<List<SpendSum<DayAndName>>> DailyKeysAsync(DailySums sums) => sums.SumAsync(database, static row => new DayAndName(row.Day, row.KeyHash), cancellationToken);

    public Task<List<SpendSum<DayAndName>>> DailyIdsAsync(DailySums sums) => sums.SumAsync(database, static row => new DayAndName(row.Day, row.Id), cancellationToken);

    public Task<List<SpendSum<ActivityOf>>> ActivityAsync(DailySums sums) => sums.SumAsync(database, static row => new ActivityOf(row.Day, row.Model, row.ModelGroup, row.Provider), cancellationToken);

    public Task<List<SpendSum<ReportLine>>> LinesAsync(DailySums sums) => sums.SumAsync(database, static row => new ReportLine(row.Day, row.Id, row.KeyHash, row.Model), cancellationToken);

    public async Task<long> OfAllTimesAsync(AccountKind kind, string id)
    {
        var name = kind.ToString();
        return await database.AccountSpend.Where(row => row.Kind == name && row.Id == id && row.WindowStart == DateTime.UnixEpoch).Select(row => row.Spend).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Those of a kind that spent most.</summary>
    public Task<List<AccountTotal>> TopAsync(AccountKind kind, int limit)
    {
        var name = kind.ToString();
        return database.AccountSpend
            .Where(row => row.Kind == name && row.WindowStart == DateTime.UnixEpoch)
            .OrderByDescending(row => row.Spend).ThenBy(row => row.Id)
            .Take(limit)
            .Select(row => new AccountTotal(row.Id, row.Spend))
            .ToListAsync(cancellationToken);
    }

    public Task<Dictionary<string, string>> TeamNamesAsync(IReadOnlyList<string> ids) =>
        database.Teams.Where(team => ids.Contains(team.Id) && team.Alias != null).ToDictionaryAsync(team => team.Id, team => team.Alias!, cancellationToken);

    public Task<Dictionary<string, NamedKey>> KeyNamesAsync(IReadOnlyList<string> hashes) =>
        database.Keys.Where(key => hashes.Contains(key.Token)).Select(key => new NamedKey(key.Token, key.Name, key.Alias, key.TeamId, key.UserId)).ToDictionaryAsync(key => key.Token, cancellationToken);
}

internal sealed record DayAndName(DateOnly Day, string Name);

internal sealed record ActivityOf(DateOnly Day, string Model, string Group, string Provider);

internal sealed record ReportLine(DateOnly Day, string Id, string KeyHash, string Model);

internal sealed record AccountTotal(string Id, long Spend);

/// <summary>What may be shown of a key.</summary>
internal sealed record NamedKey(string Token, string Name, string? Alias, string? TeamId, string? UserId);
