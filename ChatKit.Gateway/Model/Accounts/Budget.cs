namespace ChatKit.Gateway.Model.Accounts;

/// <summary>What may be spent in a period.</summary>
/// <param name="Max">Nano-USD beyond which calls are refused; null for none.</param>
/// <param name="Soft">Nano-USD beyond which somebody is told; null for none.</param>
/// <param name="Period">When it is filled again.</param>
internal sealed record Budget(long? Max, long? Soft, BudgetPeriod Period);
