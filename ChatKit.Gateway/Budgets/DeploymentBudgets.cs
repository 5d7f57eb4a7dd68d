using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Accounts;

namespace ChatKit.Gateway.Budgets;

/// <summary>
/// Keeps calls away from deployments and providers whose budget is spent: it writes so into their state, where routing reads it. What was spent of them is known from
/// the charges of this replica, and from the database what was spent by others.
/// </summary>
internal sealed class DeploymentBudgets(SnapshotHolder snapshots, SpendBook book, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>Looks at all of them.</summary>
    public void Refresh()
    {
        var (snapshot, now) = (snapshots.Current, time.GetUtcNow());
        foreach (var deployment in snapshot.Deployments)
        {
            var ofProvider = snapshot.Settings.Budgets.Providers.GetValueOrDefault(deployment.Provider);
            deployment.State.OverBudget = StopOf(ofProvider, now) ?? StopOf(deployment.Account, now);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            Refresh();
            await Task.Delay(Period, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private BudgetStop? StopOf(Account? account, DateTimeOffset now)
    {
        foreach (var budget in account?.Budgets ?? [])
        {
            var spent = book.Of(account!.Id, budget.Period, now.UtcDateTime).Spent;
            if (!(spent >= budget.Max)) continue;
            var (_, end) = budget.Period.WindowAt(now.UtcDateTime);
            return new BudgetStop(end == DateTime.MaxValue ? DateTimeOffset.MaxValue : end, BudgetErrors.Stopped(account, budget, spent));
        }

        return null;
    }
}
