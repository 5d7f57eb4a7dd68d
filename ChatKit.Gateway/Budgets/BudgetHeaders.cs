using ChatKit.Gateway.Model.Accounts;

namespace ChatKit.Gateway.Budgets;

/// <summary>What an answer says of its key's budget (https://docs.litellm.ai/docs/proxy/response_headers): what is spent as far as it is known when the answer begins, a plain answer included, and what may be.</summary>
internal static class BudgetHeaders
{
    public static void Write(IHeaderDictionary headers, BudgetHold hold)
    {
        foreach (var claim in hold.Claims)
        {
            if (claim.Account.Id.Kind is not AccountKind.Key) continue;
            headers["x-litellm-key-spend"] = BudgetErrors.Dollars(claim.Window.Spent);
            headers["x-litellm-key-max-budget"] = BudgetErrors.Dollars(claim.Budget.Max ?? 0);
            return;
        }
    }
}
