using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model.Accounts;

namespace ChatKit.Gateway.Limits;

/// <summary>
/// Stage 5: may the call be made now. Each of its accounts may have limits, and either all of them count it or none does. Where replicas share a Redis it is asked
/// once for all; where it does not answer, this replica goes on with its share of what was left.
/// </summary>
internal sealed class LimitGate(LimitCounters counters, SharedLimits shared, TimeProvider time)
{
    /// <summary>Nothing is limited for most callers, and they pay nothing for it.</summary>
    public static bool Concerns(IReadOnlyList<Account> accounts)
    {
        foreach (var account in accounts)
        {
            if (account.Limits != RateLimits.None) return true;
        }

        return false;
    }

    /// <param name="accounts">Everybody who is counted by the call.</param>
    /// <param name="estimate">The tokens that it will use, reckoned.</param>
    public async ValueTask<LimitVerdict> ReserveAsync(IReadOnlyList<Account> accounts, long estimate)
    {
        var limited = Limited(accounts);
        if (limited.Length == 0) return default;
        var now = time.GetUtcNow().UtcDateTime;
        if (shared.IsOn)
        {
            if (Spent(limited, now) is { } known) return known;
            if (await shared.TakeAsync(this, limited, estimate, now) is { } verdict) return verdict;
        }

        return Take(limited, estimate, now);
    }

    private static Account[] Limited(IReadOnlyList<Account> accounts)
    {
        var count = 0;
        foreach (var account in accounts) count += account.Limits != RateLimits.None ? 1 : 0;
        var limited = count == 0 ? [] : new Account[count];
        foreach (var account in accounts)
        {
            if (account.Limits != RateLimits.None) limited[^count--] = account;
        }

        return limited;
    }

    /// <summary>The call is over: its places are free, and what it used less than was taken, or more, is set right.</summary>
    public void Release(LimitHold hold, long used)
    {
        foreach (var take in hold.Takes)
        {
            if (take.Account.Limits.Parallel is not null) take.Counter.End();
            if (take.Account.Limits.Tokens is not null) Correct(take, used - take.Granted);
        }

        if (shared.IsOn) shared.Give(hold, used, isOver: true);
    }

    /// <summary>Tokens that came to light after the end.</summary>
    public void Add(LimitHold hold, long tokens)
    {
        foreach (var take in hold.Takes)
        {
            if (take.Account.Limits.Tokens is not null) Correct(take, tokens);
        }

        if (shared.IsOn) shared.Give(hold, tokens, isOver: false);
    }

    /// <summary>What was too little taken counts now; what was too much is given back to the minute that it was taken of.</summary>
    private void Correct(in LimitTake take, long tokens)
    {
        if (tokens < 0) take.Minute.AddTokens(tokens);
        else if (tokens > 0) take.Counter.MinuteAt(time.GetUtcNow().UtcDateTime).AddTokens(tokens);
    }

    private LimitVerdict Take(Account[] limited, long estimate, DateTime now)
    {
        var takes = new LimitTake[limited.Length];
        for (var i = 0; i < limited.Length; i++)
        {
            if (TryTake(limited[i], estimate, now, out takes[i]) is not { } refused) continue;
            for (var taken = 0; taken < i; taken++) Undo(takes[taken]);
            return refused;
        }

        return new LimitHold(this, takes);
    }

    private GatewayError? TryTake(Account account, long estimate, DateTime now, out LimitTake take)
    {
        var (counter, limits, replicas) = (counters.Of(account.Id), account.Limits, shared.Replicas);
        var minute = counter.MinuteAt(now);
        take = default;
        if (!minute.TryTakeRequest(minute.ShareOfRequests(limits.Requests, replicas))) return LimitErrors.Exceeded(account, LimitKind.Requests, minute, now);
        var granted = limits.Tokens is null ? 0 : minute.TakeTokens(minute.ShareOfTokens(limits.Tokens, replicas), estimate);
        if (granted < 0)
        {
            minute.ReturnRequest();
            return LimitErrors.Exceeded(account, LimitKind.Tokens, minute, now);
        }

        if (limits.Parallel is { } parallel && !counter.TryBegin((int)LimitMinute.Share(0, parallel, replicas)))
        {
            minute.ReturnRequest();
            minute.AddTokens(-granted);
            return LimitErrors.Exceeded(account, LimitKind.Parallel, minute, now);
        }

        take = new LimitTake(account, counter, minute, granted, new LimitCounts(minute.Requests, minute.Tokens, counter.Parallel));
        return null;
    }

    private static void Undo(in LimitTake take)
    {
        take.Minute.ReturnRequest();
        take.Minute.AddTokens(-take.Granted);
        if (take.Account.Limits.Parallel is not null) take.Counter.End();
    }

    /// <summary>Whose minute is known to be full, so that Redis need not be asked.</summary>
    private GatewayError? Spent(Account[] limited, DateTime now)
    {
        foreach (var account in limited)
        {
            var minute = counters.Of(account.Id).MinuteAt(now);
            if (minute.Requests >= account.Limits.Requests) return LimitErrors.Exceeded(account, LimitKind.Requests, minute, now);
        }

        return null;
    }
}
