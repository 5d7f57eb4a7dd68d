using System.Globalization;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Accounts;
using ChatKit.Gateway.Wire.LiteLlm;

namespace ChatKit.Gateway.Budgets.Alerts;

/// <summary>News of a budget, in LiteLLM's words.</summary>
internal static class BudgetEvent
{
    public const string BudgetCrossed = "budget_crossed";
    public const string ThresholdCrossed = "threshold_crossed";
    public const string SoftBudgetCrossed = "soft_budget_crossed";

    /// <param name="account">Whose budget it is.</param>
    /// <param name="budget">The budget.</param>
    /// <param name="name">What happened, for programs.</param>
    /// <param name="words">What happened, for people.</param>
    /// <param name="spent">Nano-USD, in the period.</param>
    /// <param name="caller">Who made the call that it happened with; null where nobody did.</param>
    /// <param name="now">UTC.</param>
    public static BudgetEventWire Of(Account account, Budget budget, string name, string words, long spent, Caller? caller, DateTime now)
    {
        var (kind, id) = (account.Id.Kind, account.Id.Id);
        var (projected, exceeded) = Projection(budget, spent, now);
        return new BudgetEventWire
        {
            Spend = Dollars(spent),
            MaxBudget = budget.Max is { } max ? Dollars(max) : null,
            SoftBudget = budget.Soft is { } soft ? Dollars(soft) : null,
            Token = kind is AccountKind.Key ? id : caller?.KeyHash,
            CustomerId = kind is AccountKind.Customer ? id : null,
            UserId = kind is AccountKind.User ? id : caller?.UserId,
            TeamId = kind is AccountKind.Team ? id : caller?.TeamId,
            TeamAlias = kind is AccountKind.Team ? account.Alias : caller?.TeamAlias,
            OrganizationId = kind is AccountKind.Organization ? id : caller?.OrganizationId,
            UserEmail = caller?.UserEmail,
            KeyAlias = kind is AccountKind.Key ? account.Alias : caller?.KeyAlias,
            ProjectedSpend = projected,
            ProjectedExceededDate = exceeded,
            Event = name,
            EventGroup = GroupOf(kind),
            EventMessage = $"{TitleOf(account)} Budget: {words}",
        };
    }

    /// <summary>The same as one line: what a chat is told.</summary>
    public static string Line(BudgetEventWire news) => string.Create(
        CultureInfo.InvariantCulture, $"{news.EventMessage}. Spent: ${news.Spend:0.00####}. Budget: {Bound(news.MaxBudget)}, soft: {Bound(news.SoftBudget)}.");

    private static string Bound(decimal? dollars) => dollars is { } bound ? string.Create(CultureInfo.InvariantCulture, $"${bound:0.00####}") : "none";

    /// <summary>What the period will have cost when it goes on as it began, and on which day the budget is spent.</summary>
    private static (decimal? Spend, string? Date) Projection(Budget budget, long spent, DateTime now)
    {
        var (start, end) = budget.Period.WindowAt(now);
        if (end == DateTime.MaxValue || now <= start || spent <= 0) return (null, null);
        var projected = Dollars((long)Math.Min(long.MaxValue / 2, spent * ((end - start) / (now - start))));
        if (budget.Max is not { } max) return (projected, null);
        var share = (double)max / spent * ((now - start) / (end - start));
        return (projected, share < 1 ? (start + ((end - start) * share)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : null);
    }

    private static decimal Dollars(long nano) => nano / 1_000_000_000m;

    private static string GroupOf(AccountKind kind) => kind switch
    {
        AccountKind.Global => "proxy",
        AccountKind.Key or AccountKind.KeyModel => "key",
        AccountKind.User => "user",
        AccountKind.Team => "team",
        AccountKind.TeamMember => "team_member",
        AccountKind.Organization => "organization",
        AccountKind.Customer => "end_user",
        AccountKind.Tag => "tag",
        AccountKind.Provider => "provider",
        _ => "deployment",
    };

    private static string TitleOf(Account account) => account.Id.Kind switch
    {
        AccountKind.Global => "Proxy",
        AccountKind.KeyModel => "Key Model",
        AccountKind.TeamMember => "Team Member",
        AccountKind.Customer => $"Customer {account.Id.Id}",
        AccountKind.Tag or AccountKind.Provider or AccountKind.Deployment => $"{account.Id.Kind} {account.Id.Id}",
        var kind => account.Alias is { } alias ? $"{kind} {alias}" : kind.ToString(),
    };
}
