using ChatKit.Gateway.Config.Yaml;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Wire;

namespace ChatKit.Gateway.Config;

/// <summary>Binds the lists of fallbacks: <c>fallbacks: [{a: [b, c]}, {"*": [d]}]</c> and its kin, from the router's section, else from LiteLLM's.</summary>
internal static class FallbackBinder
{
    /// <summary>In both sections.</summary>
    public static IReadOnlyList<string> Keys { get; } = ["fallbacks", "context_window_fallbacks", "content_policy_fallbacks", "default_fallbacks"];

    public static IReadOnlyList<string> RouterKeys { get; } = [.. Keys, "max_fallbacks"];

    private static readonly FallbackRules _defaults = new();

    public static FallbackRules Bind(ConfigSection router, ConfigSection liteLlm) => new()
    {
        General = Map("fallbacks", router, liteLlm),
        ContextWindow = Map("context_window_fallbacks", router, liteLlm),
        ContentPolicy = Map("content_policy_fallbacks", router, liteLlm),
        Default = Section("default_fallbacks", router, liteLlm).Texts("default_fallbacks"),
        Most = router.WholeNumber("max_fallbacks") ?? _defaults.Most,
    };

    /// <summary>A fallback to nothing is a mistake that would otherwise show on the day that it is needed. A warning, as in LiteLLM: the others still serve.</summary>
    public static void Check(ConfigSection router, ConfigSection liteLlm, GatewaySnapshot snapshot)
    {
        foreach (var key in Keys)
        {
            var section = Section(key, router, liteLlm);
            foreach (var target in Targets(section.Node(key)))
            {
                if (ConfigSection.VariableOf(target.Text) is null && snapshot.Resolve(target.Text) is null)
                    section.Report.Warning(target.Origin, $"no model_name is '{target.Text}'{NearMiss.Hint(target.Text, [.. snapshot.Groups.Keys])}; nothing falls back to it");
            }
        }
    }

    private static ConfigSection Section(string key, ConfigSection router, ConfigSection liteLlm)
    {
        // Read in both, so that the one which does not count is not taken for unknown.
        _ = liteLlm.Node(key);
        return router.Has(key) ? router : liteLlm;
    }

    private static FallbackMap Map(string key, ConfigSection router, ConfigSection liteLlm)
    {
        var section = Section(key, router, liteLlm);
        var byGroup = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var entry in section.List(key))
        {
            if (entry is not ConfigMap map)
            {
                section.Report.Problem(entry.Origin, $"must be a mapping such as {{a: [b, c]}}, not {entry.Kind}");
                continue;
            }

            var groups = new ConfigSection(map, section.Environment, section.Report);
            foreach (var member in map.Members) byGroup[member.Key] = groups.Texts(member.Key);
        }

        return new FallbackMap(byGroup);
    }

    private static IEnumerable<ConfigScalar> Targets(ConfigNode? node) => node switch
    {
        ConfigScalar { IsNull: false } scalar => [scalar],
        ConfigList list => list.Items.SelectMany(Targets),
        ConfigMap map => map.Members.SelectMany(member => Targets(member.Value)),
        _ => [],
    };
}
