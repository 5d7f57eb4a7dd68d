using ChatKit.Gateway.Errors;

namespace ChatKit.Gateway.Budgets;

/// <summary>What the gate says of a call: what it reserved, or whose budget is spent. Neither where no budget bounds it.</summary>
internal readonly record struct BudgetVerdict(BudgetHold? Hold, GatewayError? Error)
{
    public static implicit operator BudgetVerdict(BudgetHold hold) => new(hold, null);

    public static implicit operator BudgetVerdict(GatewayError error) => new(null, error);
}
