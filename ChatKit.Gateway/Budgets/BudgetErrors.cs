using System.Globalization;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model.Accounts;

namespace ChatKit.Gateway.Budgets;

/// <summary>
/// The refusal of a call whose budget is spent, in LiteLLM's words (litellm/proxy/auth/auth_checks.py):
/// <c>Budget has been exceeded! Team=t1 Current cost: 2.0, Max budget: 1.0</c>.
/// </summary>
internal static class BudgetErrors
{
    /// <summary>It is not known what was spent, and the configuration wants no call on trust.</summary>
    public static GatewayError Unknown { get; } = new(
        503,
        "no_db_connection",
        "Budget enforcement unavailable: what was spent cannot be read, and fail_closed_budget_enforcement is enabled, so the request was rejected to avoid exceeding the configured budget. Retry shortly.")
    {
        RetryAfter = TimeSpan.FromSeconds(5),
    };

    /// <param name="account">Whose budget it is.</param>
    /// <param name="budget">The budget.</param>
    /// <param name="cost">What is spent and reserved.</param>
    /// <param name="left">How long until the budget is filled again; null for never.</param>
    public static GatewayError Exceeded(Account account, Budget budget, long cost, TimeSpan? left) =>
        new(429, "budget_exceeded", $"Budget has been exceeded! {Whose(account)}Current cost: {Dollars(cost)}, Max budget: {Dollars(budget.Max ?? 0)}") { RetryAfter = left };

    /// <summary>Why a deployment is not called, as in litellm/router_strategy/budget_limiter.py.</summary>
    public static string Stopped(Account account, Budget budget, long cost) =>
        $"Exceeded budget for {(account.Id.Kind is AccountKind.Provider ? "provider" : "deployment")} {account.Alias ?? account.Id.Id}: {Dollars(cost)} >= {Dollars(budget.Max ?? 0)}";

    /// <summary>As Python writes a number of dollars: <c>2.0</c>, <c>0.000735</c>.</summary>
    public static string Dollars(long nano) => (nano / 1_000_000_000m).ToString("0.0########", CultureInfo.InvariantCulture);

    private static string Whose(Account account)
    {
        var id = account.Id.Id;
        var slash = id.IndexOf('/', StringComparison.Ordinal);
        return account.Id.Kind switch
        {
            AccountKind.Global => "",
            AccountKind.Key => $"Key={account.Alias ?? id} ",
            AccountKind.KeyModel => $"LiteLLM Virtual Key: {id[..slash]}, key_alias: {account.Alias ?? "None"}, exceeded budget for model={id[(slash + 1)..]} ",
            AccountKind.TeamMember => $"User={id[(slash + 1)..]} in Team={id[..slash]} ",
            AccountKind.Customer => $"End User={id} ",
            var kind => $"{kind}={id} ",
        };
    }
}
