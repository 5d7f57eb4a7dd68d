namespace ChatKit.Gateway.Budgets;

/// <summary>What a call has reserved of its budgets, until its end. What its attempts cost is charged by itself.</summary>
internal sealed class BudgetHold(BudgetGate gate, IReadOnlyList<BudgetClaim> claims, long amount)
{
    private int _isReleased;

    public IReadOnlyList<BudgetClaim> Claims => claims;

    /// <summary>Nano-USD, of each.</summary>
    public long Amount => amount;

    /// <summary>The call is over.</summary>
    public void Release()
    {
        if (Interlocked.Exchange(ref _isReleased, 1) == 0) gate.Release(this);
    }
}
