using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Routing.Sharing;

/// <summary>
/// <c>usage-based-routing-v2</c> with a Redis: <c>rpm</c> holds over all replicas to the call, because each call is counted there before it is sent. The one place
/// where a call waits for Redis, and it waits no longer than <see cref="Patience"/>; when that is over, calls go by this replica's own view until an exchange succeeds.
/// </summary>
internal sealed class SharedMinutes(SharedRoutingState shared, TimeProvider time)
{
    public static TimeSpan Patience { get; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Counts the call. The error to go on with elsewhere, where the deployment's minute is full; null where the call may be sent.</summary>
    public ValueTask<GatewayError?> RefuseAsync(Deployment deployment, RoutingSettings settings) =>
        settings.Strategy.CountsInRedis && deployment.Rpm is { } most && shared.Board is { } board ? CountAsync(board, deployment, most) : default;

    private async ValueTask<GatewayError?> CountAsync(IReplicaBoard board, Deployment deployment, int most)
    {
        var now = time.GetUtcNow();
        try
        {
            var count = await board.CountAsync(deployment.Id, MinuteCounters.MinuteOf(now)).WaitAsync(Patience, time);
            return count <= most ? null : Full(deployment, MinuteCounters.LeftOf(now));
        }
        catch (Exception)
        {
            // Late, gone, or in whatever state: the same as no Redis.
            shared.Doubt();
            return null;
        }
    }

    /// <summary>Nothing was sent: the others are asked, and it does not count as a try.</summary>
    private static GatewayError Full(Deployment deployment, TimeSpan left) =>
        new(429, "throttling_error", $"Deployment over its limit of {deployment.Rpm} requests per minute. Passed model={deployment.GroupName}") { Origin = ErrorOrigin.Configuration, RetryAfter = left };
}
