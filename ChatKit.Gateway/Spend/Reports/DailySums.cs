using System.Linq.Expressions;
using ChatKit.Data.Gateway;
using ChatKit.Data.Gateway.Spend;
using ChatKit.Gateway.Model.Accounts;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Gateway.Spend.Reports;

/// <summary>
/// Sums of days, added up by the database along whatever a report asks for. They are read, never the settlements: a year of a busy gateway is some thousand rows here.
/// </summary>
internal sealed record DailySums(AccountKind Kind, DateOnly From, DateOnly To)
{
    /// <summary>Whose; null for all of the kind.</summary>
    public IReadOnlyList<string>? Ids { get; init; }

    public string? Model { get; init; }

    public string? KeyHash { get; init; }

    public IQueryable<DailySpendRow> Of(GatewayDbContext database)
    {
        var (kind, from, to) = (Kind.ToString(), From, To);
        var rows = database.DailySpend.Where(row => row.Kind == kind && row.Day >= from && row.Day <= to);
        if (Ids is { } ids) rows = rows.Where(row => ids.Contains(row.Id));
        if (Model is { } model) rows = rows.Where(row => row.Model == model || row.ModelGroup == model);
        if (KeyHash is { } key) rows = rows.Where(row => row.KeyHash == key);
        return rows;
    }

    /// <summary>One sum for each value of <paramref name="by"/>.</summary>
    public Task<List<SpendSum<T>>> SumAsync<T>(GatewayDbContext database, Expression<Func<DailySpendRow, T>> by, CancellationToken cancellationToken) => Of(database)
        .GroupBy(by)
        .Select(group => new SpendSum<T>(
            group.Key, group.Sum(row => row.Spend), group.Sum(row => row.PromptTokens), group.Sum(row => row.CompletionTokens), group.Sum(row => row.CacheReadTokens),
            group.Sum(row => row.CacheCreationTokens), group.Sum(row => row.Requests), group.Sum(row => row.Successful), group.Sum(row => row.Unpriced)))
        .ToListAsync(cancellationToken);
}

/// <summary>What was spent, and on what.</summary>
internal sealed record SpendSum<T>(T By, long Spend, long PromptTokens, long CompletionTokens, long CacheReadTokens, long CacheCreationTokens, long Requests, long Successful, long Unpriced)
{
    public long Tokens => PromptTokens + CompletionTokens;
}
