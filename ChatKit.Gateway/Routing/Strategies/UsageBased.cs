using System.Globalization;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Routing.Strategies;

/// <summary><c>usage-based-routing</c>, both versions: the fewest tokens in this minute, among those with room for the call; of several, one at random.</summary>
internal sealed class UsageBased(Random random) : IRoutingStrategy
{
    public Deployment? Pick(ReadOnlySpan<Deployment> candidates, CallRoute route, DateTimeOffset now)
    {
        Deployment? best = null;
        var (fewest, equals) = (long.MaxValue, 0);
        foreach (var candidate in candidates)
        {
            var tokens = candidate.State.Minute.At(now).Tokens;
            if (tokens > fewest || !MinuteLimits.HasRoom(candidate, route, now)) continue;
            equals = tokens < fewest ? 1 : equals + 1;
            if (tokens < fewest || random.Next(equals) == 0) best = candidate;
            fewest = tokens;
        }

        return best;
    }

    public string Explain(Deployment chosen, CallRoute route, DateTimeOffset now) =>
        string.Create(CultureInfo.InvariantCulture, $"the fewest tokens in this minute: {chosen.State.Minute.At(now).Tokens}");
}
