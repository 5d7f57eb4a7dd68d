using System.Collections.Frozen;

namespace ChatKit.Gateway.Model.Facts;

/// <summary>The operator's own list of models (<c>general_settings.model_cost_map</c>): above what is published, below what a deployment says of itself.</summary>
internal sealed record CostMap(FrozenDictionary<string, ModelFacts> Entries)
{
    public static CostMap Empty { get; } = new(FrozenDictionary<string, ModelFacts>.Empty);

    /// <summary>Under <c>provider/model</c>, else under the model's name alone, as in LiteLLM's own file.</summary>
    public ModelFacts Find(string provider, string model) =>
        Entries.Count == 0 ? ModelFacts.Unknown
        : Entries.GetValueOrDefault($"{provider}/{model}") ?? Entries.GetValueOrDefault(model) ?? ModelFacts.Unknown;
}
