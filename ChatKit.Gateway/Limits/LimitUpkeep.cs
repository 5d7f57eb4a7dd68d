namespace ChatKit.Gateway.Limits;

/// <summary>Forgets the counters of those who have stopped calling.</summary>
internal sealed class LimitUpkeep(LimitCounters counters, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(LimitMinute.Length, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            counters.Sweep(time.GetUtcNow().UtcDateTime);
        }
    }
}
