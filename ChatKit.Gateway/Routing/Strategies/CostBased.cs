using System.Globalization;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Routing.Strategies;

/// <summary>
/// <c>cost-based-routing</c>: the lowest price of an input and an output token together, among those with room for the call; of several, one at random. A price
/// that nobody knows counts as a dollar per token, as in LiteLLM: dearer than any.
/// </summary>
internal sealed class CostBased(Random random) : IRoutingStrategy
{
    private const decimal TokensPerPrice = 1_000_000;

    public Deployment? Pick(ReadOnlySpan<Deployment> candidates, CallRoute route, DateTimeOffset now)
    {
        Deployment? best = null;
        var (lowest, equals) = (decimal.MaxValue, 0);
        foreach (var candidate in candidates)
        {
            var price = Price(candidate, route);
            if (price > lowest || !MinuteLimits.HasRoom(candidate, route, now)) continue;
            equals = price < lowest ? 1 : equals + 1;
            if (price < lowest || random.Next(equals) == 0) best = candidate;
            lowest = price;
        }

        return best;
    }

    public string Explain(Deployment chosen, CallRoute route, DateTimeOffset now) =>
        string.Create(CultureInfo.InvariantCulture, $"the lowest price: {Price(chosen, route):0.######} dollars for a million tokens in and out");

    /// <summary>In dollars per million tokens.</summary>
    private static decimal Price(Deployment deployment, CallRoute route)
    {
        var prices = deployment.FactsOf(route.Match.UpstreamModel(deployment)).Prices;
        return (prices.Input ?? TokensPerPrice) + (prices.Output ?? TokensPerPrice);
    }
}
