using ChatKit.Gateway.Redis;
using StackExchange.Redis;

namespace ChatKit.Gateway.Budgets;

/// <summary>The budgets of all replicas together. One round trip reserves of all of a call's budgets, or of none; charges and releases are told, and nobody waits for them.</summary>
internal sealed class SharedBudgets
{
    private static readonly TimeSpan LongestKept = TimeSpan.FromDays(35);

    private readonly SharedRedis _redis;
    private readonly SpendBook _book;
    private readonly TimeProvider _time;

    public SharedBudgets(SharedRedis redis, SpendBook book, TimeProvider time)
    {
        (_redis, _book, _time) = (redis, book, time);
        redis.OnReturn(RestateAsync);
    }

    public bool IsOn => _redis.Database is not null;

    /// <summary>True where there ought to be a Redis, and it does not answer.</summary>
    public bool IsMissing => _redis.IsReachable is not null && _redis.Database is null;

    /// <summary>Null where there is no Redis, or it does not answer in time.</summary>
    public async ValueTask<BudgetVerdict?> ReserveAsync(BudgetGate gate, IReadOnlyList<BudgetClaim> claims, long estimate, DateTime now)
    {
        if (!IsOn) return null;
        var values = new List<RedisValue>(2 + (claims.Count * 3)) { _redis.Replica, estimate };
        foreach (var claim in claims) values.AddRange([claim.Budget.Max, claim.Window.Spent, Kept(claim.Window, now)]);
        if (await _redis.AskAsync(BudgetScripts.Reserve, Keys(claims), [.. values]) is not { } answer) return null;

        var told = (long[])answer!;
        if (told[0] == 0)
        {
            var (account, budget, window) = claims[(int)told[1] - 1];
            window.Learn(told[2]);
            return BudgetErrors.Exceeded(account, budget, told[2] + told[3], BudgetGate.LeftOf(budget, now));
        }

        for (var i = 0; i < claims.Count; i++)
        {
            claims[i].Window.Learn(told[i + 2]);
            claims[i].Window.Reserve(told[1]);
        }

        return new BudgetHold(gate, claims, told[1]);
    }

    /// <summary>What is spent of each now, this included; null where Redis could not be told.</summary>
    public async Task<long[]?> ChargeAsync(IReadOnlyList<BudgetClaim> claims, long cost, DateTime now)
    {
        var windows = claims.Select(static claim => claim.Window).Distinct().ToArray();
        var values = new List<RedisValue>(1 + (windows.Length * 2)) { cost };
        foreach (var window in windows) values.AddRange([window.Spent, Kept(window, now)]);
        if (await _redis.TellAsync(BudgetScripts.Charge, Array.ConvertAll(windows, KeyOf), [.. values]) is not { } answer) return null;

        var spent = (long[])answer!;
        for (var i = 0; i < windows.Length; i++) windows[i].Learn(spent[i]);
        return [.. claims.Select(claim => spent[Array.IndexOf(windows, claim.Window)])];
    }

    /// <summary>Whoever granted it: Redis knows of all that is reserved here, since it is told when it comes back.</summary>
    public void Release(BudgetHold hold)
    {
        if (hold.Amount > 0 && IsOn) _ = _redis.TellAsync(BudgetScripts.Release, Keys(hold.Claims), [_redis.Replica, hold.Amount]);
    }

    /// <summary>Redis may have forgotten what is reserved here, or have taken this replica for dead.</summary>
    private Task RestateAsync()
    {
        var (now, keys, values) = (_time.GetUtcNow().UtcDateTime, new List<RedisKey>(), new List<RedisValue> { _redis.Replica });
        foreach (var window in _book.All)
        {
            if (window.Reserved is not (> 0 and var reserved)) continue;
            keys.Add(KeyOf(window));
            values.AddRange([reserved, Kept(window, now)]);
        }

        return keys.Count == 0 ? Task.CompletedTask : _redis.TellAsync(BudgetScripts.Restate, [.. keys], [.. values]);
    }

    /// <summary>Until the period is over, and what still runs of it.</summary>
    private static long Kept(SpendWindow window, DateTime now)
    {
        var left = window.End - now;
        return (long)((left < LongestKept ? left : LongestKept) + TimeSpan.FromHours(1)).TotalMilliseconds;
    }

    private static RedisKey[] Keys(IReadOnlyList<BudgetClaim> claims) => [.. claims.Select(static claim => KeyOf(claim.Window))];

    private static RedisKey KeyOf(SpendWindow window) => $"chatkit:budget:{window.Account}:{new DateTimeOffset(window.Start).ToUnixTimeSeconds()}";
}
