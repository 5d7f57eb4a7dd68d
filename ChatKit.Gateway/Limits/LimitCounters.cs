using System.Collections.Concurrent;
using ChatKit.Gateway.Model.Accounts;

namespace ChatKit.Gateway.Limits;

/// <summary>The counters of all accounts that have limits and called of late.</summary>
internal sealed class LimitCounters
{
    private readonly ConcurrentDictionary<AccountId, LimitCounter> _counters = [];

    public IEnumerable<LimitCounter> All => _counters.Select(static entry => entry.Value);

    public LimitCounter Of(AccountId account) => _counters.GetOrAdd(account, static id => new LimitCounter(id));

    /// <summary>Forgets who has been idle. Who begins a call at this very moment counts it with a counter that nobody else sees; the next one has a new one.</summary>
    public void Sweep(DateTime now)
    {
        foreach (var (account, counter) in _counters)
        {
            if (counter.IsIdle(now)) _counters.TryRemove(new KeyValuePair<AccountId, LimitCounter>(account, counter));
        }
    }
}
