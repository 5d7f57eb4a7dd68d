namespace ChatKit.Gateway.Budgets;

/// <summary>
/// Learns every few seconds what other replicas spent, and what could not be read when it was first asked for. This is all that replicas without a Redis know
/// of each other; with one it puts right what was lost with it.
/// </summary>
internal sealed class SpendReconciliation(SpendBook book, SpendStore store, TimeProvider time) : BackgroundService
{
    public static TimeSpan Period { get; } = TimeSpan.FromSeconds(5);

    /// <summary>Who has not called for so long is not asked for until they do.</summary>
    private static readonly TimeSpan Active = TimeSpan.FromSeconds(60);

    /// <summary>One round.</summary>
    public async Task ReconcileAsync()
    {
        var now = time.GetUtcNow().UtcDateTime;
        book.Sweep(now);
        var windows = book.All.Where(window => window.End > now && (!window.IsLoaded || window.IsUsedSince(now - Active))).ToList();
        if (windows.Count > 0) await store.ReadAsync(windows);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Period, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stoppingToken.IsCancellationRequested) await ReconcileAsync();
        }
    }
}
