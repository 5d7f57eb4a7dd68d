using System.Collections.Frozen;
using ChatKit.Gateway.Config.Yaml;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Config;

/// <summary>
/// Binds what groups opt into, which is ours and not LiteLLM's: <c>router_settings.hedging: {groups: [smart], max_percent: 5}</c> and
/// <c>router_settings.continuation: {groups: [smart]}</c>.
/// </summary>
internal static class ResilienceBinder
{
    private const double DefaultPercent = 5;

    public static IReadOnlyList<string> Keys { get; } = ["hedging", "continuation"];

    public static FrozenSet<string>? Continued(ConfigSection router, GatewaySnapshot snapshot) =>
        router.Section("continuation") is { } continuation ? Groups(continuation, snapshot, ["groups"]) : null;

    public static HedgingRules? Hedging(ConfigSection router, GatewaySnapshot snapshot)
    {
        if (router.Section("hedging") is not { } hedging) return null;
        var percent = hedging.Number("max_percent") ?? DefaultPercent;
        if (percent is not (> 0 and <= 100))
            hedging.Report.Problem(hedging.At("max_percent"), "must be above 0 and at most 100: the hedges for a hundred calls");
        return new HedgingRules(Groups(hedging, snapshot, ["groups", "max_percent"]), percent);
    }

    private static FrozenSet<string> Groups(ConfigSection section, GatewaySnapshot snapshot, IReadOnlyList<string> keys)
    {
        var known = snapshot.AllGroups.Select(group => group.Name).ToHashSet(StringComparer.Ordinal);
        var groups = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in section.List("groups"))
        {
            if (node is ConfigScalar { Text: var name } && known.Contains(name))
                groups.Add(name);
            else
                section.Report.Problem(node.Origin, node is ConfigScalar { Text: var wrong } ? $"no model_name is '{wrong}'{NearMiss.Hint(wrong, [.. known])}" : $"must be a model_name, not {node.Kind}");
        }

        if (!section.Has("groups"))
            section.Report.Problem(section.At("groups"), "is required: the model_names that take part");
        LeftoverKeys.Warn(section, keys, []);
        return groups.ToFrozenSet(StringComparer.Ordinal);
    }
}
