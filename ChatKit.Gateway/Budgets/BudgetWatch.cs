using ChatKit.Gateway.Budgets.Alerts;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Accounts;

namespace ChatKit.Gateway.Budgets;

/// <summary>
/// Sees every charge: keeps calls from a deployment that has spent all it may, and tells when it took a budget over a mark: its soft bound, 85 and 95 per cent of it, all of it. Only the charge that crosses a mark tells, so
/// that each is told once in a period, over all replicas that share a Redis.
/// </summary>
internal sealed class BudgetWatch(AlertQueue alerts, DeploymentBudgets deployments)
{
    private static readonly int[] Percents = [85, 95];

    /// <param name="claim">Whose budget.</param>
    /// <param name="spent">What is spent now, the charge included.</param>
    /// <param name="cost">The charge.</param>
    /// <param name="caller">Who called.</param>
    /// <param name="now">UTC.</param>
    public void Spent(in BudgetClaim claim, long spent, long cost, Caller? caller, DateTime now)
    {
        if (claim.Account.Id.Kind is AccountKind.Provider or AccountKind.Deployment && spent >= claim.Budget.Max) deployments.Refresh();
        if (!alerts.IsOn) return;
        var before = spent - cost;
        if (claim.Budget.Soft is { } soft && before < soft && spent >= soft) Tell(claim, BudgetEvent.SoftBudgetCrossed, "Soft Budget Crossed", spent, caller, now);
        if (claim.Budget.Max is not (> 0 and var max) || spent < Share(max, Percents[0])) return;
        if (spent >= max)
        {
            if (before < max) Tell(claim, BudgetEvent.BudgetCrossed, "Budget Crossed", spent, caller, now);
            return;
        }

        // A charge that takes two marks tells of the higher.
        for (var i = Percents.Length - 1; i >= 0; i--)
        {
            var mark = Share(max, Percents[i]);
            if (spent < mark) continue;
            if (before < mark) Tell(claim, BudgetEvent.ThresholdCrossed, $"{Percents[i]}% Threshold Crossed", spent, caller, now);
            return;
        }
    }

    private void Tell(in BudgetClaim claim, string what, string words, long spent, Caller? caller, DateTime now) =>
        alerts.Add(BudgetEvent.Of(claim.Account, claim.Budget, what, words, spent, caller, now));

    private static long Share(long max, int percent) => (long)((Int128)max * percent / 100);
}
