using ChatKit.Gateway.Model.Accounts;
using ChatKit.Gateway.Redis;
using StackExchange.Redis;

namespace ChatKit.Gateway.Limits;

/// <summary>The limits of all replicas together: one round trip takes everything that a call needs, or nothing. What is given back is told, and nobody waits for it.</summary>
internal sealed class SharedLimits
{
    private const int ArgumentsOfOne = 6;
    private const int AnswersOfOne = 5;

    private readonly SharedRedis _redis;
    private readonly LimitCounters _counters;

    public SharedLimits(SharedRedis redis, LimitCounters counters)
    {
        (_redis, _counters) = (redis, counters);
        redis.OnReturn(RestateAsync);
    }

    public bool IsOn => _redis.Database is not null;

    /// <summary>Among how many the limits are divided while Redis does not answer.</summary>
    public int Replicas => _redis.Count;

    /// <summary>Null where Redis does not answer in time.</summary>
    public async ValueTask<LimitVerdict?> TakeAsync(LimitGate gate, Account[] limited, long estimate, DateTime now)
    {
        var answer = await _redis.AskAsync(LimitScripts.Take, Array.ConvertAll(limited, static account => KeyOf(account.Id)), Arguments(limited, estimate, now));
        if (answer is null) return null;
        var values = (long[])answer!;
        return values[0] == 1 ? Taken(gate, limited, values, now) : Refused(limited, values, now);
    }

    /// <summary>Tokens that the call used beyond those that it took, or less; and its end. Redis knows of all calls under way here, since it is told when it comes back.</summary>
    public void Give(LimitHold hold, long tokens, bool isOver)
    {
        var values = new List<RedisValue>(1 + (hold.Takes.Count * 3)) { _redis.Replica };
        foreach (var take in hold.Takes)
        {
            var beyond = take.Account.Limits.Tokens is null ? 0 : isOver && hold.IsShared ? tokens - take.Granted : tokens;
            values.AddRange([beyond, isOver && take.Account.Limits.Parallel is not null ? 1 : 0, take.SharedMinute]);
        }

        _ = _redis.TellAsync(LimitScripts.Give, [.. hold.Takes.Select(static take => KeyOf(take.Account.Id))], [.. values]);
    }

    private RedisValue[] Arguments(Account[] limited, long estimate, DateTime now)
    {
        var values = new RedisValue[2 + (limited.Length * ArgumentsOfOne)];
        (values[0], values[1]) = (_redis.Replica, estimate);
        for (var i = 0; i < limited.Length; i++)
        {
            var (limits, minute, at) = (limited[i].Limits, _counters.Of(limited[i].Id).MinuteAt(now), 2 + (i * ArgumentsOfOne));
            (values[at], values[at + 1], values[at + 2]) = (limits.Requests ?? -1, limits.Tokens ?? -1, limits.Parallel ?? -1);
            (values[at + 3], values[at + 4], values[at + 5]) = (minute.Requests, minute.Tokens, (long)(now - minute.Start).TotalMilliseconds);
        }

        return values;
    }

    private LimitHold Taken(LimitGate gate, Account[] limited, long[] values, DateTime now)
    {
        var takes = new LimitTake[limited.Length];
        for (var i = 0; i < limited.Length; i++)
        {
            var (account, at) = (limited[i], 2 + (i * AnswersOfOne));
            var (counter, counted) = (_counters.Of(account.Id), new LimitCounts(values[at + 2], values[at + 3], values[at + 4]));
            var minute = Learn(counter, now, values[at + 1], counted);
            if (account.Limits.Parallel is not null) counter.TryBegin(null);
            takes[i] = new LimitTake(account, counter, minute, values[1], counted) { SharedMinute = values[at] };
        }

        return new LimitHold(gate, takes) { IsShared = true };
    }

    private LimitVerdict Refused(Account[] limited, long[] values, DateTime now)
    {
        var account = limited[values[1] - 1];
        var minute = Learn(_counters.Of(account.Id), now, values[4], new LimitCounts(values[5], values[6], values[7]));
        return LimitErrors.Exceeded(account, (LimitKind)values[2], minute, now);
    }

    private static LimitMinute Learn(LimitCounter counter, DateTime now, long elapsed, LimitCounts counted)
    {
        var minute = counter.MinuteSince(now - TimeSpan.FromMilliseconds(elapsed));
        minute.Learn(counted.Requests, counted.Tokens);
        return minute;
    }

    /// <summary>Redis may have forgotten which calls are under way here, or have taken this replica for dead.</summary>
    private Task RestateAsync()
    {
        var held = _counters.All.Select(static counter => (Key: KeyOf(counter.Account), Calls: counter.Parallel)).Where(static entry => entry.Calls > 0).ToArray();
        return held.Length == 0
            ? Task.CompletedTask
            : _redis.TellAsync(LimitScripts.Restate, Array.ConvertAll(held, static entry => entry.Key), [_redis.Replica, .. held.Select(static entry => (RedisValue)entry.Calls)]);
    }

    private static RedisKey KeyOf(AccountId account) => $"chatkit:limit:{account}";
}
