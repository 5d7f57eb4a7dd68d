using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Accounts;

namespace ChatKit.Gateway.Budgets;

/// <summary>
/// Stage 4 and its end: is there enough left, and what did it cost. A call reserves what it may cost of each of its budgets, each attempt is charged what it did
/// cost, and at the end the reservation is given back. So calls at the same time cannot spend more than is there, but by what the last of them cost beyond what
/// they reserved.
/// </summary>
internal sealed class BudgetGate(SpendBook book, SpendStore store, SharedBudgets shared, BudgetWatch watch, TimeProvider time)
{
    /// <summary>Nothing bounds most callers, and they pay nothing for it.</summary>
    public static bool Concerns(IReadOnlyList<Account> accounts)
    {
        foreach (var account in accounts)
        {
            foreach (var budget in account.Budgets)
            {
                if (budget.Max is not null) return true;
            }
        }

        return false;
    }

    /// <param name="accounts">Everybody who pays for the call.</param>
    /// <param name="estimate">What it may cost, in nano-USD; 0 where nobody knows.</param>
    /// <param name="settings">Whether a call may be made on trust.</param>
    public async ValueTask<BudgetVerdict> ReserveAsync(IReadOnlyList<Account> accounts, long estimate, BudgetSettings settings)
    {
        if (!Concerns(accounts)) return default;
        var now = time.GetUtcNow().UtcDateTime;
        var claims = ClaimsOf(accounts, now, static budget => budget.Max is not null);
        var isKnown = await store.LoadAsync(claims);
        if (settings.FailsClosed && (!isKnown || shared.IsMissing)) return BudgetErrors.Unknown;
        if (Spent(claims, now) is { } spent) return spent;
        return await shared.ReserveAsync(this, claims, estimate, now) ?? Reserve(claims, estimate, now);
    }

    /// <summary>An attempt cost something. Each account's periods are those that the moment lies in.</summary>
    /// <param name="accounts">Everybody who pays for it.</param>
    /// <param name="cost">Nano-USD.</param>
    /// <param name="caller">Who called, for those who are told.</param>
    /// <param name="now">UTC; the same moment that the spend log goes by.</param>
    public void Charge(IReadOnlyList<Account> accounts, long cost, Caller? caller, DateTime now)
    {
        if (cost <= 0) return;
        var claims = ClaimsOf(accounts, now, static _ => true);
        if (claims.Count == 0) return;
        if (shared.IsOn) _ = ChargeSharedAsync(claims, cost, caller, now);
        else ChargeHere(claims, cost, caller, now);
    }

    /// <summary>The call is over.</summary>
    public void Release(BudgetHold hold)
    {
        foreach (var claim in hold.Claims) claim.Window.Release(hold.Amount);
        shared.Release(hold);
    }

    private async Task ChargeSharedAsync(List<BudgetClaim> claims, long cost, Caller? caller, DateTime now)
    {
        if (await shared.ChargeAsync(claims, cost, now) is not { } spent) ChargeHere(claims, cost, caller, now);
        else for (var i = 0; i < claims.Count; i++) watch.Spent(claims[i], spent[i], cost, caller, now);
    }

    private void ChargeHere(List<BudgetClaim> claims, long cost, Caller? caller, DateTime now)
    {
        for (var i = 0; i < claims.Count; i++)
        {
            // Two budgets whose periods began at the same moment share what was spent since.
            var window = claims[i].Window;
            var spent = claims.FindIndex(claim => ReferenceEquals(claim.Window, window)) == i ? window.Charge(cost) : window.Spent;
            watch.Spent(claims[i], spent, cost, caller, now);
        }
    }

    private List<BudgetClaim> ClaimsOf(IReadOnlyList<Account> accounts, DateTime now, Func<Budget, bool> which)
    {
        var claims = new List<BudgetClaim>();
        foreach (var account in accounts)
        {
            foreach (var budget in account.Budgets)
            {
                if (which(budget)) claims.Add(new BudgetClaim(account, budget, book.Of(account.Id, budget.Period, now)));
            }
        }

        return claims;
    }

    /// <summary>Whose budget is known to be spent, so that nobody else need be asked.</summary>
    private static BudgetVerdict? Spent(List<BudgetClaim> claims, DateTime now)
    {
        foreach (var (account, budget, window) in claims)
        {
            if (window.Spent >= budget.Max) return BudgetErrors.Exceeded(account, budget, window.Spent, LeftOf(budget, now));
        }

        return null;
    }

    private BudgetVerdict Reserve(List<BudgetClaim> claims, long estimate, DateTime now)
    {
        // All reserve the same, so that one number is enough to give it back.
        for (var i = 0; i < claims.Count; i++)
        {
            var (account, budget, window) = claims[i];
            var granted = window.TryReserve(budget.Max!.Value, estimate);
            if (granted < estimate)
            {
                for (var taken = 0; taken < i; taken++) claims[taken].Window.Release(granted < 0 ? estimate : estimate - granted);
            }

            if (granted < 0) return BudgetErrors.Exceeded(account, budget, window.Spent + window.Reserved, LeftOf(budget, now));
            estimate = granted;
        }

        return new BudgetHold(this, claims, estimate);
    }

    public static TimeSpan? LeftOf(Budget budget, DateTime now) => budget.Period.WindowAt(now).End is var end && end == DateTime.MaxValue ? null : end - now;
}
