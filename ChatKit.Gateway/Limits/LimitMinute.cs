namespace ChatKit.Gateway.Limits;

/// <summary>
/// One window of an account: it begins with the first call that it counts, as LiteLLM's does, and lasts a minute. Counted without locks: what does not fit is
/// never added, so that calls at the same moment cannot both be the last.
/// </summary>
internal sealed class LimitMinute(DateTime start)
{
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(1);

    private long _requests;
    private long _tokens;
    private long _learntRequests;
    private long _learntTokens;

    /// <summary>UTC.</summary>
    public DateTime Start { get; } = start;

    public long Requests => Volatile.Read(ref _requests);

    public long Tokens => Volatile.Read(ref _tokens);

    /// <summary>A clock that was put back ends the minute too: it must not last for hours.</summary>
    public bool IsOver(DateTime now) => (ulong)(now - Start).Ticks >= (ulong)Length.Ticks;

    public TimeSpan Left(DateTime now) => IsOver(now) ? TimeSpan.Zero : Start + Length - now;

    /// <summary>Counts one more request, unless there are as many already.</summary>
    public bool TryTakeRequest(long? most)
    {
        var taken = Volatile.Read(ref _requests);
        while (!(taken >= most))
        {
            var seen = Interlocked.CompareExchange(ref _requests, taken + 1, taken);
            if (seen == taken) return true;
            taken = seen;
        }

        return false;
    }

    public void ReturnRequest() => Interlocked.Decrement(ref _requests);

    /// <summary>
    /// Takes tokens, or as many as are left: how many a call will use is known at its end, and an estimate must not keep out one that there is still room for.
    /// </summary>
    /// <returns>How many; -1 where none are left.</returns>
    public long TakeTokens(long? most, long estimate)
    {
        var taken = Volatile.Read(ref _tokens);
        while (!(taken >= most))
        {
            var grant = most is { } limit ? Math.Min(estimate, limit - taken) : estimate;
            var seen = Interlocked.CompareExchange(ref _tokens, taken + grant, taken);
            if (seen == taken) return grant;
            taken = seen;
        }

        return -1;
    }

    /// <summary>What was used beyond the estimate; less than nothing gives back.</summary>
    public void AddTokens(long more) => Interlocked.Add(ref _tokens, more);

    /// <summary>What all replicas together have counted. Requests only grow, tokens are given back too.</summary>
    public void Learn(long requests, long tokens)
    {
        var current = Volatile.Read(ref _requests);
        while (current < requests)
        {
            var seen = Interlocked.CompareExchange(ref _requests, requests, current);
            if (seen == current) break;
            current = seen;
        }

        Volatile.Write(ref _tokens, tokens);
        Volatile.Write(ref _learntRequests, requests);
        Volatile.Write(ref _learntTokens, tokens);
    }

    /// <summary>Up to where this replica may count without the others: what they had counted together, and its share of what was left then.</summary>
    public long? ShareOfRequests(long? most, int replicas) => most is { } limit ? Share(Volatile.Read(ref _learntRequests), limit, replicas) : null;

    /// <inheritdoc cref="ShareOfRequests"/>
    public long? ShareOfTokens(long? most, int replicas) => most is { } limit ? Share(Volatile.Read(ref _learntTokens), limit, replicas) : null;

    public static long Share(long learnt, long limit, int replicas) => replicas == 1 || learnt >= limit ? limit : learnt + ((limit - learnt + replicas - 1) / replicas);
}
