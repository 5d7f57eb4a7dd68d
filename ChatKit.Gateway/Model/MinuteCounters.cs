namespace ChatKit.Gateway.Model;

/// <summary>What happened at a deployment in one minute of the clock: the window of <c>rpm</c>, <c>tpm</c> and of counting failures.</summary>
internal readonly record struct MinuteUsage(int Requests, long Tokens, int Successes, int Failures)
{
    public static MinuteUsage operator +(MinuteUsage a, MinuteUsage b) =>
        new(a.Requests + b.Requests, a.Tokens + b.Tokens, a.Successes + b.Successes, a.Failures + b.Failures);
}

/// <summary>Counts by the minute. What other replicas counted is kept beside it, and added.</summary>
internal sealed class MinuteCounters
{
    private readonly Lock _gate = new();
    private long _minute;
    private MinuteUsage _own;
    private MinuteUsage _others;

    /// <summary>The minute that a moment lies in, counted from the epoch.</summary>
    public static long MinuteOf(DateTimeOffset moment) => moment.UtcTicks / TimeSpan.TicksPerMinute;

    /// <summary>How long until the counters begin anew.</summary>
    public static TimeSpan LeftOf(DateTimeOffset moment) => TimeSpan.FromTicks(TimeSpan.TicksPerMinute - (moment.UtcTicks % TimeSpan.TicksPerMinute));

    /// <summary>All replicas together.</summary>
    public MinuteUsage At(DateTimeOffset now)
    {
        lock (_gate) return MinuteOf(now) == _minute ? _own + _others : default;
    }

    /// <summary>This replica alone: what it has to tell the others.</summary>
    public MinuteUsage OwnAt(DateTimeOffset now)
    {
        lock (_gate) return MinuteOf(now) == _minute ? _own : default;
    }

    public void Add(DateTimeOffset now, MinuteUsage more)
    {
        lock (_gate)
        {
            // What belongs to a minute that has passed is of no use any more.
            if (TryTurn(MinuteOf(now))) _own += more;
        }
    }

    /// <summary>Counts one more request, unless there are as many already: looked up and counted at once, so that calls at the same moment cannot both be the last.</summary>
    public bool TryBegin(DateTimeOffset now, int? most)
    {
        lock (_gate)
        {
            if (!TryTurn(MinuteOf(now))) return true;
            if (_own.Requests + _others.Requests >= most) return false;
            _own += new MinuteUsage(1, 0, 0, 0);
            return true;
        }
    }

    /// <summary>Replaces what the others are known to have counted in the minute.</summary>
    public void SetOthers(DateTimeOffset now, MinuteUsage others)
    {
        lock (_gate)
        {
            if (TryTurn(MinuteOf(now))) _others = others;
        }
    }

    private bool TryTurn(long minute)
    {
        if (minute > _minute) (_minute, _own, _others) = (minute, default, default);
        return minute == _minute;
    }
}
