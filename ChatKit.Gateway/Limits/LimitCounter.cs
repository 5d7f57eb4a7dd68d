using ChatKit.Gateway.Model.Accounts;

namespace ChatKit.Gateway.Limits;

/// <summary>What an account does at this replica: its current minute, and the calls that it has under way.</summary>
internal sealed class LimitCounter(AccountId account)
{
    private LimitMinute _minute = new(DateTime.MinValue);
    private int _parallel;

    public AccountId Account => account;

    /// <summary>Calls of this replica that are under way.</summary>
    public int Parallel => Volatile.Read(ref _parallel);

    /// <summary>Whether it can be forgotten: nothing is under way, and the minute is long over.</summary>
    public bool IsIdle(DateTime now) => Parallel == 0 && now - _minute.Start > 2 * LimitMinute.Length;

    /// <summary>The minute that a moment lies in; the first who finds the last one over begins the next.</summary>
    public LimitMinute MinuteAt(DateTime now)
    {
        var minute = Volatile.Read(ref _minute);
        while (minute.IsOver(now))
        {
            var next = new LimitMinute(now);
            var seen = Interlocked.CompareExchange(ref _minute, next, minute);
            if (ReferenceEquals(seen, minute)) return next;
            minute = seen;
        }

        return minute;
    }

    /// <summary>The minute that the replicas share, which began at this moment.</summary>
    public LimitMinute MinuteSince(DateTime start)
    {
        var minute = Volatile.Read(ref _minute);
        // Two clocks are never quite the same.
        while ((minute.Start - start).Duration() > TimeSpan.FromMilliseconds(500))
        {
            var shared = new LimitMinute(start);
            var seen = Interlocked.CompareExchange(ref _minute, shared, minute);
            if (ReferenceEquals(seen, minute)) return shared;
            minute = seen;
        }

        return minute;
    }

    public bool TryBegin(int? most)
    {
        var taken = Parallel;
        while (!(taken >= most))
        {
            var seen = Interlocked.CompareExchange(ref _parallel, taken + 1, taken);
            if (seen == taken) return true;
            taken = seen;
        }

        return false;
    }

    public void End() => Interlocked.Decrement(ref _parallel);
}
