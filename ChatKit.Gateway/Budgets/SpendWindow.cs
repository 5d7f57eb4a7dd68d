using ChatKit.Gateway.Model.Accounts;

namespace ChatKit.Gateway.Budgets;

/// <summary>
/// What an account has spent since a moment, and what its calls under way have reserved. Without locks: whether there is enough left is decided on one number,
/// which holds both, so that calls at the same moment cannot both take the last of it.
/// </summary>
/// <param name="account">Who spends.</param>
/// <param name="start">UTC. Periods that begin at the same moment and have not ended have spent the same.</param>
internal sealed class SpendWindow(AccountId account, DateTime start)
{
    private readonly Lock _gate = new();
    private long _spent;
    private long _total;
    private long _usedAt;
    private long _end;
    private Task<bool>? _loading;

    public AccountId Account => account;

    public DateTime Start => start;

    /// <summary>UTC; when the last of the periods that begin here ends.</summary>
    public DateTime End => new(Volatile.Read(ref _end), DateTimeKind.Utc);

    /// <summary>Nano-USD, as far as this replica knows: never more than was really spent.</summary>
    public long Spent => Volatile.Read(ref _spent);

    /// <summary>Nano-USD, of this replica's calls.</summary>
    public long Reserved => Volatile.Read(ref _total) - Spent;

    /// <summary>False until what was spent before this process began is known.</summary>
    public bool IsLoaded { get; private set; }

    /// <summary>Asks for what was spent before, once for all who want to know.</summary>
    public Task<bool> LoadOnceAsync(Func<SpendWindow, Task<bool>> load)
    {
        lock (_gate) return _loading ??= load(this);
    }

    public void Use(DateTime now, DateTime end)
    {
        Volatile.Write(ref _usedAt, now.Ticks);
        if (end.Ticks > Volatile.Read(ref _end)) Volatile.Write(ref _end, end.Ticks);
    }

    public bool IsUsedSince(DateTime time) => Volatile.Read(ref _usedAt) >= time.Ticks;

    /// <summary>Reserves an estimate, or as much as is left: what a call costs is known at its end, and an estimate must not keep out one that may well fit.</summary>
    /// <returns>How much; -1 where nothing is left.</returns>
    public long TryReserve(long most, long estimate)
    {
        var total = Volatile.Read(ref _total);
        while (total < most)
        {
            var grant = Math.Min(estimate, most - total);
            var seen = Interlocked.CompareExchange(ref _total, total + grant, total);
            if (seen == total) return grant;
            total = seen;
        }

        return -1;
    }

    /// <summary>A reservation that was granted elsewhere.</summary>
    public void Reserve(long amount) => Interlocked.Add(ref _total, amount);

    public void Release(long amount) => Interlocked.Add(ref _total, -amount);

    /// <summary>Something was spent. Returns what was spent altogether.</summary>
    public long Charge(long cost)
    {
        Interlocked.Add(ref _total, cost);
        return Interlocked.Add(ref _spent, cost);
    }

    /// <summary>Somebody knows that at least so much was spent, by whomever.</summary>
    public void Learn(long spent)
    {
        var current = Spent;
        while (current < spent)
        {
            var seen = Interlocked.CompareExchange(ref _spent, spent, current);
            if (seen == current)
            {
                Interlocked.Add(ref _total, spent - current);
                return;
            }

            current = seen;
        }
    }

    public void Loaded() => IsLoaded = true;
}
