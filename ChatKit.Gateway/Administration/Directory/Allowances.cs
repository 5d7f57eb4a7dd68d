using ChatKit.Data.Gateway;
using ChatKit.Data.Gateway.Directory;
using ChatKit.Gateway.Model.Accounts;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.LiteLlm.Directory;

namespace ChatKit.Gateway.Administration.Directory;

/// <summary>The limits that everything in the directory has: from a request onto a row, and from a row into an answer.</summary>
internal static class Allowances
{
    private const decimal NanosPerDollar = 1_000_000_000m;

    /// <summary>The members by which requests name limits.</summary>
    public static readonly string[] Members = ["max_budget", "soft_budget", "budget_duration", "tpm_limit", "rpm_limit", "max_parallel_requests"];

    /// <summary>Takes over what the request says, null included; what it leaves out stays.</summary>
    public static void Apply(RequestFields fields, AllowanceRow row)
    {
        if (fields.Has("max_budget")) row.MaxBudget = fields.Dollars("max_budget");
        if (fields.Has("soft_budget")) row.SoftBudget = fields.Dollars("soft_budget");
        if (fields.Has("budget_duration")) row.BudgetDuration = fields.Duration("budget_duration");
        if (fields.Has("tpm_limit")) row.TpmLimit = fields.LargeCount("tpm_limit");
        if (fields.Has("rpm_limit")) row.RpmLimit = fields.LargeCount("rpm_limit");
        if (fields.Has("max_parallel_requests")) row.MaxParallelRequests = fields.Count("max_parallel_requests");
        // Announced with every answer, and nobody sets it: periods follow from the clock.
        fields.Has("budget_reset_at");
    }

    public static decimal? Dollars(long? nanos) => nanos / NanosPerDollar;

    public static decimal Dollars(long nanos) => nanos / NanosPerDollar;

    /// <summary>The period of a row's budget.</summary>
    public static BudgetPeriod PeriodOf(AllowanceRow row) => BudgetPeriod.TryParse(row.BudgetDuration, row.CreatedAt, out var period) ? period : BudgetPeriod.Endless;

    /// <summary>When the budget is filled again; null for never.</summary>
    public static DateTime? ResetAt(AllowanceRow row, DateTime now) => row.BudgetDuration is null ? null : PeriodOf(row).WindowAt(now).End;

    /// <summary>A row's own limits as a budget; null where it has none.</summary>
    public static BudgetWire? Own(AllowanceRow row, DateTime now) =>
        row is { MaxBudget: null, SoftBudget: null, BudgetDuration: null, TpmLimit: null, RpmLimit: null, MaxParallelRequests: null } ? null : Describe(null, row, now);

    /// <summary>What counts: a row's own limits over those of the budget that it refers to; null where neither has any.</summary>
    public static BudgetWire? Merged(AllowanceRow row, BudgetRow? named, DateTime now)
    {
        if (named is null) return Own(row, now);
        var (own, budget) = (Describe(named.Id, row, now), Describe(named, now));
        return budget with
        {
            MaxBudget = own.MaxBudget ?? budget.MaxBudget,
            SoftBudget = own.SoftBudget ?? budget.SoftBudget,
            BudgetDuration = own.BudgetDuration ?? budget.BudgetDuration,
            BudgetResetAt = own.BudgetDuration is null ? budget.BudgetResetAt : own.BudgetResetAt,
            TpmLimit = own.TpmLimit ?? budget.TpmLimit,
            RpmLimit = own.RpmLimit ?? budget.RpmLimit,
            MaxParallelRequests = own.MaxParallelRequests ?? budget.MaxParallelRequests,
        };
    }

    public static BudgetWire Describe(BudgetRow row, DateTime now) => Describe(row.Id, row, now) with
    {
        ModelMaxBudget = StoredObject.Read(row.ModelMaxBudget),
        CreatedBy = row.CreatedBy,
        UpdatedBy = row.UpdatedBy,
    };

    /// <summary>An answer with the limits of a row in it.</summary>
    public static T With<T>(this T answer, AllowanceRow row, DateTime now)
        where T : AllowanceWire
    {
        return answer with
        {
            MaxBudget = Dollars(row.MaxBudget),
            SoftBudget = Dollars(row.SoftBudget),
            BudgetDuration = row.BudgetDuration,
            BudgetResetAt = ResetAt(row, now),
            TpmLimit = row.TpmLimit,
            RpmLimit = row.RpmLimit,
            MaxParallelRequests = row.MaxParallelRequests,
            CreatedAt = row.CreatedAt,
            UpdatedAt = row.UpdatedAt,
        };
    }

    private static BudgetWire Describe(string? id, AllowanceRow row, DateTime now) => new BudgetWire(id).With(row, now);
}
