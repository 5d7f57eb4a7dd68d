using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Routing.Strategies;

/// <summary>
/// LiteLLM's default: at random, in proportion to <c>weight</c>, else to <c>rpm</c>, else to <c>tpm</c>; the first deployment shows which of these the group
/// uses.
/// </summary>
internal sealed class SimpleShuffle(Random random) : IRoutingStrategy
{
    public Deployment Pick(ReadOnlySpan<Deployment> candidates, CallRoute route, DateTimeOffset now)
    {
        var first = candidates[0];
        if (candidates.Length == 1) return first;
        if (first.Weight is not null) return Pick(candidates, static deployment => deployment.Weight ?? 0);
        if (first.Rpm is not null) return Pick(candidates, static deployment => deployment.Rpm ?? 0);
        if (first.Tpm is not null) return Pick(candidates, static deployment => deployment.Tpm ?? 0);
        return candidates[random.Next(candidates.Length)];
    }

    public string Explain(Deployment chosen, CallRoute route, DateTimeOffset now) =>
        chosen.Weight is { } weight ? $"at random, weight {weight}"
        : chosen.Rpm is { } rpm ? $"at random, in proportion to its rpm of {rpm}"
        : chosen.Tpm is { } tpm ? $"at random, in proportion to its tpm of {tpm}"
        : "at random";

    private Deployment Pick(ReadOnlySpan<Deployment> candidates, Func<Deployment, double> share)
    {
        var all = 0.0;
        foreach (var candidate in candidates) all += share(candidate);
        var point = random.NextDouble() * all;
        foreach (var candidate in candidates)
        {
            point -= share(candidate);
            if (point < 0) return candidate;
        }

        // All shares are zero: then nobody is preferred.
        return candidates[random.Next(candidates.Length)];
    }
}
