using System.Collections.Frozen;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Config;

/// <summary>Gathers deployments into groups, in the order of the file, and derives what the list of models offers.</summary>
internal sealed class ModelGroups
{
    private readonly List<string> _order = [];
    private readonly Dictionary<string, List<Deployment>> _deployments = [];
    private readonly HashSet<string> _unlisted = [];

    public bool Has(string name) => _deployments.ContainsKey(name);

    public void Add(Deployment deployment, bool listed = true)
    {
        if (!_deployments.TryGetValue(deployment.GroupName, out var members))
        {
            _order.Add(deployment.GroupName);
            _deployments[deployment.GroupName] = members = [];
            if (!listed)
                _unlisted.Add(deployment.GroupName);
        }

        members.Add(deployment);
    }

    /// <summary>Adds a deployment unless another one has its id.</summary>
    public bool TryAdd(Deployment deployment)
    {
        if (_deployments.Values.Any(members => members.Exists(member => member.Id == deployment.Id))) return false;
        Add(deployment);
        return true;
    }

    public FrozenDictionary<string, ModelGroup> Exact() =>
        _order.Where(name => !WildcardPattern.IsPattern(name)).ToFrozenDictionary(name => name, Group);

    /// <summary>Deployments with a model of their own; one with a wildcard could not tell which model an id means.</summary>
    public FrozenDictionary<string, ModelGroup> ById() =>
        _deployments.Values.SelectMany(members => members)
            .Where(deployment => !WildcardPattern.IsPattern(deployment.UpstreamModel))
            .DistinctBy(deployment => deployment.Id)
            .ToFrozenDictionary(deployment => deployment.Id, deployment => new ModelGroup(deployment.GroupName, [deployment]) { Listed = false });

    public FrozenDictionary<string, IReadOnlyList<string>> AccessGroups() =>
        _order.SelectMany(name => _deployments[name].SelectMany(deployment => deployment.AccessGroups).Distinct().Select(access => (Access: access, Group: name)))
            .GroupBy(pair => pair.Access)
            .ToFrozenDictionary(pairs => pairs.Key, IReadOnlyList<string> (pairs) => [.. pairs.Select(pair => pair.Group)]);

    public IReadOnlyList<WildcardGroup> Wildcards() =>
        [.. _order.Where(WildcardPattern.IsPattern).Select(name => new WildcardGroup(new WildcardPattern(name), Group(name))).OrderByDescending(entry => entry.Pattern.Specificity)];

    /// <summary>What can be called: a group whose every deployment lacks something answers, but only to say what.</summary>
    public IReadOnlyList<ListedModel> Listed(IReadOnlyList<ProviderRow> rows) =>
        [.. _order.Where(IsOffered).SelectMany(name => Listed(name, rows)).DistinctBy(model => model.Id)];

    private List<ListedModel> Listed(string name, IReadOnlyList<ProviderRow> rows)
    {
        var first = _deployments[name].Find(deployment => deployment.Unavailable is null)!;
        var whole = new ListedModel(name, first.Provider);
        if (!WildcardPattern.IsPattern(name))
            return [whole];
        var upstream = new WildcardPattern(first.UpstreamModel);
        var known = rows.FirstOrDefault(row => row.Name == first.Provider)?.Models ?? [];
        var expanded = known.Select(upstream.Match).OfType<IReadOnlyList<string>>().Select(segments => whole with { Id = WildcardPattern.Fill(name, segments) }).ToList();
        return expanded.Count > 0 && WildcardPattern.IsPattern(first.UpstreamModel) ? expanded : [whole];
    }

    private bool IsOffered(string name) => !_unlisted.Contains(name) && _deployments[name].Exists(deployment => deployment.Unavailable is null);

    private ModelGroup Group(string name) => new(name, _deployments[name]) { Listed = !_unlisted.Contains(name) };
}
