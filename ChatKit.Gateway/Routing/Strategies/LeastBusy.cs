using System.Globalization;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Routing.Strategies;

/// <summary><c>least-busy</c>: whoever has the fewest calls under way; of several, one at random.</summary>
internal sealed class LeastBusy(Random random) : IRoutingStrategy
{
    public Deployment Pick(ReadOnlySpan<Deployment> candidates, CallRoute route, DateTimeOffset now)
    {
        var (best, fewest, equals) = (candidates[0], int.MaxValue, 0);
        foreach (var candidate in candidates)
        {
            var busy = candidate.State.InFlight;
            if (busy > fewest) continue;
            equals = busy < fewest ? 1 : equals + 1;
            // Each of the equals is kept with the same chance, and none has to be remembered.
            if (busy < fewest || random.Next(equals) == 0) best = candidate;
            fewest = busy;
        }

        return best;
    }

    public string Explain(Deployment chosen, CallRoute route, DateTimeOffset now) =>
        string.Create(CultureInfo.InvariantCulture, $"the fewest calls under way: {chosen.State.InFlight}");
}
