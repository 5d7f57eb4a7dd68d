using System.Collections.Concurrent;
using ChatKit.Gateway.Model.Accounts;

namespace ChatKit.Gateway.Budgets;

/// <summary>What those spent who have budgets and called of late, in the periods that have not ended.</summary>
internal sealed class SpendBook
{
    /// <summary>How long nobody must have asked for what is forgotten; the database knows it.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<(AccountId Account, DateTime Start), SpendWindow> _windows = [];

    public IEnumerable<SpendWindow> All => _windows.Select(static entry => entry.Value);

    /// <summary>The window of a budget that is running.</summary>
    public SpendWindow Of(AccountId account, BudgetPeriod period, DateTime now)
    {
        var (start, end) = period.WindowAt(now);
        var window = _windows.GetOrAdd((account, start), static key => new SpendWindow(key.Account, key.Start));
        window.Use(now, end);
        return window;
    }

    /// <summary>The same, where somebody has asked for it before.</summary>
    public SpendWindow? Find(AccountId account, BudgetPeriod period, DateTime now) => _windows.GetValueOrDefault((account, period.WindowAt(now).Start));

    public void Sweep(DateTime now)
    {
        foreach (var (key, window) in _windows)
        {
            if (window.Reserved == 0 && !window.IsUsedSince(now - Idle)) _windows.TryRemove(new(key, window));
        }
    }
}
