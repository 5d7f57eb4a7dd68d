using ChatKit.Gateway.Model;
using ChatKit.Gateway.Wire.LiteLlm;

namespace ChatKit.Gateway.Endpoints;

/// <summary>
/// What a group can do, as LiteLLM sums it up: limits per minute are added; of sizes and prices the largest counts; an ability counts where one deployment has it.
/// </summary>
internal static class ModelGroupInfo
{
    private const double Million = 1_000_000;

    public static ModelGroupWire Of(string name, ModelMatch match, GroupStateWire state)
    {
        var deployments = match.Group.Deployments;
        var facts = deployments.Select(deployment => deployment.FactsOf(match.UpstreamModel(deployment))).ToList();
        return new ModelGroupWire(name, [.. deployments.Select(deployment => deployment.Provider).Distinct()])
        {
            MaxInputTokens = facts.Max(fact => fact.ContextWindow),
            MaxOutputTokens = facts.Max(fact => fact.MaxOutput),
            InputCostPerToken = (double?)facts.Max(fact => fact.Prices.Input) / Million,
            OutputCostPerToken = (double?)facts.Max(fact => fact.Prices.Output) / Million,
            Mode = facts.Select(fact => fact.Mode).FirstOrDefault(mode => mode is not null),
            Tpm = Sum(deployments, static deployment => deployment.Tpm),
            Rpm = (int?)Sum(deployments, static deployment => deployment.Rpm),
            SupportsVision = facts.Any(fact => fact.Vision is true),
            SupportsFunctionCalling = facts.Any(fact => fact.Tools is true),
            SupportsReasoning = facts.Any(fact => fact.Reasoning is true),
            SupportsAudioInput = facts.Any(fact => fact.Audio is true),
            SupportsPdfInput = facts.Any(fact => fact.Pdf is true),
            State = state,
        };
    }

    /// <summary>Null where no deployment says a limit.</summary>
    private static long? Sum(IReadOnlyList<Deployment> deployments, Func<Deployment, int?> limit) =>
        deployments.Any(deployment => limit(deployment) is not null) ? deployments.Sum(deployment => (long)(limit(deployment) ?? 0)) : null;
}
