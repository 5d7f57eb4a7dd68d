using ChatKit.Gateway.Model.Accounts;

namespace ChatKit.Gateway.Budgets;

/// <summary>One budget that a call counts in, and where what is spent of it is written down.</summary>
internal readonly record struct BudgetClaim(Account Account, Budget Budget, SpendWindow Window);
