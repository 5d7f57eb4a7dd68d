using ChatKit.Data.Gateway;
using ChatKit.Gateway.Model.Accounts;

namespace ChatKit.Gateway.Keys.Lookup;

/// <summary>What a row allows, and what the named budget behind it does where the row says nothing.</summary>
internal static class Allowance
{
    public static IReadOnlyList<Budget> Budgets(AllowanceRow own, AllowanceRow? named = null)
    {
        var (max, soft) = (own.MaxBudget ?? named?.MaxBudget, own.SoftBudget ?? named?.SoftBudget);
        if (max is null && soft is null) return [];
        // Whoever gives the amount gives the period too, unless they leave just that open.
        var (duration, since) = own.BudgetDuration is { } period || named is null ? (own.BudgetDuration, own.CreatedAt) : (named.BudgetDuration, named.CreatedAt);
        return [new Budget(max, soft, BudgetPeriod.TryParse(duration, since, out var parsed) ? parsed : BudgetPeriod.Endless)];
    }

    public static RateLimits Limits(AllowanceRow own, AllowanceRow? named = null)
    {
        var (requests, tokens, parallel) = (own.RpmLimit ?? named?.RpmLimit, own.TpmLimit ?? named?.TpmLimit, own.MaxParallelRequests ?? named?.MaxParallelRequests);
        return requests is null && tokens is null && parallel is null ? RateLimits.None : new RateLimits(requests, tokens, parallel);
    }
}
