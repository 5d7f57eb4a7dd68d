using Quartz;

namespace ChatKit.Worker;

/// <summary>The worker's rhythm. Tests go faster; nobody has needed to configure it.</summary>
/// <param name="Poll">How often the outbox is looked at: the latency of a job, and one small query.</param>
/// <param name="Retries">How often, and how far apart, a failed job is tried again.</param>
/// <param name="Heartbeat">A worker that missed two of these is taken for dead, and another one runs its jobs again.</param>
internal sealed record WorkerSettings(TimeSpan Poll, RetryPolicy Retries, TimeSpan Heartbeat)
{
    public static readonly WorkerSettings Default = new(
        Poll: TimeSpan.FromMilliseconds(500),
        // 5 s, 15 s, 45 s … 10 min: half an hour in all, long enough for a gateway that is being redeployed.
        Retries: RetryPolicy.Exponential(7, TimeSpan.FromSeconds(5), 3, TimeSpan.FromMinutes(10), jitter: 0.2),
        Heartbeat: TimeSpan.FromSeconds(5));

    /// <summary>The first attempt, and the retries.</summary>
    public int MaxAttempts => Retries.MaxAttempts + 1;
}
