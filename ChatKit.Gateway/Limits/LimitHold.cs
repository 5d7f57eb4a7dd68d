using ChatKit.Gateway.Model.Accounts;

namespace ChatKit.Gateway.Limits;

/// <summary>
/// What a call has taken of its accounts' limits, until its end. The tokens that its attempts use are set against those that it took; an attempt that is settled
/// after the end, as the loser of a hedge may be, is counted by itself.
/// </summary>
internal sealed class LimitHold(LimitGate gate, IReadOnlyList<LimitTake> takes)
{
    private const long Released = long.MinValue;

    private long _used;

    /// <summary>In the order in which the accounts were asked.</summary>
    public IReadOnlyList<LimitTake> Takes => takes;

    /// <summary>True where Redis counted it; false where this replica did by itself.</summary>
    public bool IsShared { get; init; }

    /// <summary>An attempt used tokens.</summary>
    public void Use(long tokens)
    {
        var used = Interlocked.Read(ref _used);
        while (used != Released)
        {
            var seen = Interlocked.CompareExchange(ref _used, used + tokens, used);
            if (seen == used) return;
            used = seen;
        }

        gate.Add(this, tokens);
    }

    /// <summary>The call is over.</summary>
    public void Release()
    {
        var used = Interlocked.Exchange(ref _used, Released);
        if (used != Released) gate.Release(this, used);
    }
}

/// <summary>What a call took of one account, and what the account had counted then, this call included.</summary>
/// <param name="Account">Whose limits they are.</param>
/// <param name="Counter">This replica's.</param>
/// <param name="Minute">The minute that it was taken of.</param>
/// <param name="Granted">The tokens that were taken in advance.</param>
/// <param name="Counted">All replicas together, where they share; this one alone otherwise.</param>
internal readonly record struct LimitTake(Account Account, LimitCounter Counter, LimitMinute Minute, long Granted, LimitCounts Counted)
{
    /// <summary>Redis's name for the minute.</summary>
    public long SharedMinute { get; init; }
}

/// <summary>Requests and tokens of a minute, and calls under way.</summary>
internal readonly record struct LimitCounts(long Requests, long Tokens, long Parallel);
