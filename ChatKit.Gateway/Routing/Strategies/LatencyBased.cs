using System.Globalization;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Routing.Strategies;

/// <summary>
/// <c>latency-based-routing</c>: at random among those whose mean latency is within <c>lowest_latency_buffer</c> of the lowest; per token of the answer, or to
/// the first token of a stream. Who has no samples yet counts as the fastest, and so gets some.
/// </summary>
internal sealed class LatencyBased(Random random) : IRoutingStrategy
{
    public Deployment? Pick(ReadOnlySpan<Deployment> candidates, CallRoute route, DateTimeOffset now)
    {
        var lowest = double.MaxValue;
        foreach (var candidate in candidates)
        {
            if (MinuteLimits.HasRoom(candidate, route, now)) lowest = Math.Min(lowest, Latency(candidate, route, now));
        }

        var bound = lowest * (1 + route.Settings.Strategy.LatencyBuffer);
        Deployment? picked = null;
        var equals = 0;
        foreach (var candidate in candidates)
        {
            if (!MinuteLimits.HasRoom(candidate, route, now) || Latency(candidate, route, now) > bound) continue;
            if (random.Next(++equals) == 0) picked = candidate;
        }

        return picked;
    }

    public string Explain(Deployment chosen, CallRoute route, DateTimeOffset now) =>
        string.Create(CultureInfo.InvariantCulture, $"among the fastest: {Latency(chosen, route, now):0.####} s {(route.Envelope.Stream ? "to the first token" : "per token")}");

    private static double Latency(Deployment deployment, CallRoute route, DateTimeOffset now)
    {
        var (settings, state) = (route.Settings.Strategy, deployment.State);
        var since = now - settings.LatencyLifetime;
        var first = route.Envelope.Stream ? state.TimeToFirstToken.Mean(settings.LatencySamples, since) : null;
        return first ?? state.TimePerToken.Mean(settings.LatencySamples, since) ?? 0;
    }
}
