using System.Collections.Frozen;

namespace ChatKit.Gateway.Model;

/// <summary>
/// The models that a key, a user or a team may call, in LiteLLM's terms (https://docs.litellm.ai/docs/proxy/model_access): names of groups or of aliases, patterns
/// with <c>*</c>, access groups, or the special names. Read once, asked on every call.
/// </summary>
internal sealed class ModelList
{
    /// <summary>All that the gateway has; so does an empty list.</summary>
    public const string AllProxyModels = "all-proxy-models";

    /// <summary>What the key's team may call.</summary>
    public const string AllTeamModels = "all-team-models";

    /// <summary>Nothing at all: for a user whose keys are meant to come from teams.</summary>
    public const string NoDefaultModels = "no-default-models";

    private readonly FrozenSet<string> _names;
    private readonly IReadOnlyList<WildcardPattern> _patterns;

    private ModelList(IReadOnlyList<string> entries)
    {
        Entries = entries;
        IsEverything = entries.Count == 0 || entries.Contains(AllProxyModels) || entries.Contains("*");
        IsTheTeams = entries.Contains(AllTeamModels);
        _names = entries.ToFrozenSet(StringComparer.Ordinal);
        _patterns = [.. entries.Where(WildcardPattern.IsPattern).Select(entry => new WildcardPattern(entry))];
    }

    public static ModelList Everything { get; } = new([]);

    /// <summary>As they were given.</summary>
    public IReadOnlyList<string> Entries { get; }

    public bool IsEverything { get; }

    /// <summary>True where whatever the team may call is meant.</summary>
    public bool IsTheTeams { get; }

    public static ModelList Of(IReadOnlyList<string> entries) => entries.Count == 0 ? Everything : new ModelList(entries);

    /// <summary>True where the model may be called by this name.</summary>
    /// <param name="snapshot">What the gateway has.</param>
    /// <param name="name">What the client calls it.</param>
    /// <param name="match">What that means.</param>
    public bool Includes(GatewaySnapshot snapshot, string name, ModelMatch match)
    {
        if (IsEverything || Has(name) || Has(match.Group.Name) || IsInAccessGroup(snapshot, match.Group.Name)) return true;
        // Another name for what may be called is only another name.
        return snapshot.Aliases.TryGetValue(name, out var alias) && Has(alias.Target);
    }

    public override string ToString() => $"[{string.Join(", ", Entries.Select(static entry => $"'{entry}'"))}]";

    private bool Has(string name)
    {
        if (_names.Contains(name)) return true;
        foreach (var pattern in _patterns)
        {
            if (pattern.Match(name) is not null) return true;
        }

        return false;
    }

    private bool IsInAccessGroup(GatewaySnapshot snapshot, string group)
    {
        if (snapshot.AccessGroups.Count == 0) return false;
        foreach (var entry in Entries)
        {
            if (snapshot.AccessGroups.TryGetValue(entry, out var members) && members.Contains(group)) return true;
        }

        return false;
    }
}
