using ChatKit.Gateway.Errors;

namespace ChatKit.Gateway.Routing;

/// <summary>Whether another attempt may help, and how long to wait for it. Nothing has reached the client before either.</summary>
internal sealed class RetryPolicy(Random random)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan LongestAsked = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Timeouts, conflicts, rate limits, server errors and broken connections pass. A refused key helps only where another deployment has another key;
    /// all else would be refused again.
    /// </summary>
    public static bool MayRetry(GatewayError error, int deployments) => error.Origin switch
    {
        ErrorOrigin.Client or ErrorOrigin.ClientLeft or ErrorOrigin.Configuration => false,
        ErrorOrigin.UpstreamTransport or ErrorOrigin.Timeout => true,
        _ => error.Status is 408 or 409 or 429 or >= 500 || (error.Status is 401 && deployments > 1),
    };

    /// <summary>Nothing where somebody else can be asked; else what the provider wants, within reason; else longer each time, and never in step with others.</summary>
    public TimeSpan WaitBefore(int retry, GatewayError error, bool anotherIsUntried)
    {
        if (anotherIsUntried) return TimeSpan.Zero;
        if (error.RetryAfter is { } asked && asked > TimeSpan.Zero && asked <= LongestAsked) return asked;
        var doubled = Shortest * Math.Pow(2, Math.Min(retry, 10));
        return (doubled < Longest ? doubled : Longest) * (1 - (random.NextDouble() / 4));
    }
}
