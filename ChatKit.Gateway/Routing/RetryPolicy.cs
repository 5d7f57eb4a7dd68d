using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Routing;

/// <summary>Whether another attempt may help, and how long to wait for it. Nothing has reached the client before either.</summary>
internal sealed class RetryPolicy(Random random)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(8);

    /// <summary>Whoever asks for more patience than this does not get it.</summary>
    public static TimeSpan LongestWait { get; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How often to try again after such an error of this deployment. The client's number counts before all; then what the configuration says of the class of
    /// error, for the group and for all; then the deployment's number, the router's, and the one of <c>litellm_settings</c>.
    /// </summary>
    public static int Retries(CallRoute route, Deployment deployment, GatewayError error)
    {
        if (FallbackPolicy.HasForThisKind(error, route)) return 0;
        if (ByClass(route, error) is { } byClass) return route.Retries ?? byClass;
        return MayPass(error, route.Match.Group.Candidates.Count) ? route.Retries ?? deployment.Retries ?? route.Snapshot.Settings.Retries : 0;
    }

    /// <summary>Nothing where somebody healthy can be asked; else what the provider wants, within reason; else longer each time, and never in step with others.</summary>
    public TimeSpan WaitBefore(int retry, GatewayError error, bool anotherIsHealthy, TimeSpan shortest)
    {
        if (anotherIsHealthy) return TimeSpan.Zero;
        if (error.RetryAfter is { } asked && asked > TimeSpan.Zero && asked <= LongestWait) return asked;
        var doubled = Shortest * Math.Pow(2, Math.Min(retry, 10));
        var jittered = (doubled < Longest ? doubled : Longest) * (1 - (random.NextDouble() / 4));
        return jittered > shortest ? jittered : shortest;
    }

    /// <summary>
    /// Timeouts, conflicts, rate limits, server errors and broken connections pass. A refused key helps only where another deployment has another key;
    /// all else would be refused again.
    /// </summary>
    private static bool MayPass(GatewayError error, int deployments) => error.Origin switch
    {
        ErrorOrigin.UpstreamTransport or ErrorOrigin.Timeout => true,
        ErrorOrigin.UpstreamStatus => error.Status is 408 or 409 or 429 or >= 500 || (error.Status is 401 && deployments > 1),
        _ => false,
    };

    private static int? ByClass(CallRoute route, GatewayError error)
    {
        var settings = route.Settings;
        if (settings.RetriesByGroup.Count > 0 && settings.RetriesByGroup.TryGetValue(route.Match.Group.Name, out var ofGroup) && ofGroup.For(error) is { } retries) return retries;
        return settings.RetriesByClass?.For(error);
    }
}
