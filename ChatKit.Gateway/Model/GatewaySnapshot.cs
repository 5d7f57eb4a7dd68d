using System.Collections.Frozen;

namespace ChatKit.Gateway.Model;

/// <summary>
/// The whole configuration as calls see it: immutable, swapped at once on reload; a call keeps the one that it began with. Only Config makes it.
/// </summary>
internal sealed record GatewaySnapshot
{
    /// <summary>Groups with an exact name.</summary>
    public required FrozenDictionary<string, ModelGroup> Groups { get; init; }

    /// <summary>Groups whose name holds <c>*</c>, most specific first.</summary>
    public required IReadOnlyList<WildcardGroup> WildcardGroups { get; init; }

    /// <summary><c>model_group_alias</c>: another name of a group, exact or matched by a wildcard.</summary>
    public FrozenDictionary<string, ModelAlias> Aliases { get; init; } = FrozenDictionary<string, ModelAlias>.Empty;

    /// <summary><c>model_info.access_groups</c>: the names of the groups behind each.</summary>
    public FrozenDictionary<string, IReadOnlyList<string>> AccessGroups { get; init; } = FrozenDictionary<string, IReadOnlyList<string>>.Empty;

    /// <summary>What the list of models offers, in the order of the configuration.</summary>
    public IReadOnlyList<ListedModel> ListedModels { get; init; } = [];

    /// <summary>The paths that lead into other APIs.</summary>
    public PassThroughTable PassThrough { get; init; } = PassThroughTable.Empty;

    public required GatewaySettings Settings { get; init; }

    /// <summary>Every group, in no particular order.</summary>
    public IEnumerable<ModelGroup> AllGroups => Groups.Values.Concat(WildcardGroups.Select(entry => entry.Group));

    /// <summary>Every deployment, in no particular order.</summary>
    public IEnumerable<Deployment> Deployments => AllGroups.SelectMany(group => group.Deployments);

    /// <summary>Groups of one, by the id of the deployment: how a client or a fallback means just this one.</summary>
    public FrozenDictionary<string, ModelGroup> ById { get; init; } = FrozenDictionary<string, ModelGroup>.Empty;

    /// <summary>What the client means: alias, exact name, id of a deployment, or the most specific wildcard; null where nothing answers to the name.</summary>
    public ModelMatch? Resolve(string model)
    {
        if (Aliases.TryGetValue(model, out var alias))
            model = alias.Target;
        if (Groups.TryGetValue(model, out var group) || ById.TryGetValue(model, out group))
            return new ModelMatch(group, []);
        foreach (var candidate in WildcardGroups)
        {
            if (candidate.Pattern.Match(model) is { } segments)
                return new ModelMatch(candidate.Group, segments);
        }

        return null;
    }
}

/// <summary>A group whose name is a pattern.</summary>
internal sealed record WildcardGroup(WildcardPattern Pattern, ModelGroup Group);

/// <summary>A model that clients may choose from a list.</summary>
/// <param name="Id">The name to call it by; holds <c>*</c> where a group offers a provider's models that nobody listed.</param>
/// <param name="Provider">Who serves it.</param>
internal sealed record ListedModel(string Id, string Provider);

/// <summary>Another name for a group; a hidden one is not offered in the list of models.</summary>
internal sealed record ModelAlias(string Target, bool Hidden);
