using Quartz;

namespace ChatKit.Worker;

/// <summary>The worker's rhythm. Tests go faster; nobody has needed to configure it.</summary>
/// <param name="Poll">How often the outbox is looked at: the latency of a job, and one small query.</param>
/// <param name="MaxAttempts">A job that failed this often is a dead letter.</param>
/// <param name="Backoff">How far apart the attempts are. It never runs out: giving up is the ledger's decision, and on record.</param>
/// <param name="Heartbeat">A worker that missed two of these is taken for dead, and another one runs its jobs again.</param>
/// <param name="Cleanup">How often files are looked for that nobody wants.</param>
internal sealed record WorkerSettings(TimeSpan Poll, int MaxAttempts, RetryPolicy Backoff, TimeSpan Heartbeat, TimeSpan Cleanup)
{
    // 5 s, 15 s, 45 s … 10 min: half an hour in all, long enough for a gateway that is being redeployed.
    public static readonly WorkerSettings Default = new(
        Poll: TimeSpan.FromMilliseconds(500),
        MaxAttempts: 8,
        Backoff: Exponential(TimeSpan.FromSeconds(5), 3, TimeSpan.FromMinutes(10)),
        Heartbeat: TimeSpan.FromSeconds(5),
        Cleanup: TimeSpan.FromHours(1));

    public static RetryPolicy Exponential(TimeSpan first, double factor, TimeSpan longest) =>
        RetryPolicy.Exponential(int.MaxValue, first, factor, longest, jitter: 0.2);
}
