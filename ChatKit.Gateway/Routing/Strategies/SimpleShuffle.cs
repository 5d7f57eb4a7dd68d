using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Routing.Strategies;

/// <summary>
/// LiteLLM's default (https://docs.litellm.ai/docs/routing): at random, in proportion to <c>weight</c>, else to <c>rpm</c>, else to <c>tpm</c>; the first
/// deployment shows which of these the group uses.
/// </summary>
internal sealed class SimpleShuffle(Random random)
{
    public Deployment Pick(IReadOnlyList<Deployment> candidates)
    {
        var first = candidates[0];
        if (candidates.Count == 1) return first;
        if (first.Weight is not null) return Pick(candidates, static deployment => deployment.Weight ?? 0);
        if (first.Rpm is not null) return Pick(candidates, static deployment => deployment.Rpm ?? 0);
        if (first.Tpm is not null) return Pick(candidates, static deployment => deployment.Tpm ?? 0);
        return candidates[random.Next(candidates.Count)];
    }

    private Deployment Pick(IReadOnlyList<Deployment> candidates, Func<Deployment, double> share)
    {
        var point = random.NextDouble() * candidates.Sum(share);
        foreach (var candidate in candidates)
        {
            point -= share(candidate);
            if (point < 0) return candidate;
        }

        // All shares are zero: then nobody is preferred.
        return candidates[random.Next(candidates.Count)];
    }
}
