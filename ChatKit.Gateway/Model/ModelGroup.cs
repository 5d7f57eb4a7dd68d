namespace ChatKit.Gateway.Model;

/// <summary>The deployments that share one <c>model_name</c>: what a client means by a model.</summary>
internal sealed record ModelGroup(string Name, IReadOnlyList<Deployment> Deployments);

/// <summary>
/// A client's model name, resolved: the group, and the text that each <c>*</c> of a wildcard group stood for, in order (empty for an exact match).
/// </summary>
internal sealed record ModelMatch(ModelGroup Group, IReadOnlyList<string> WildcardSegments);
