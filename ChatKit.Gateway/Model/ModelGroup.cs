namespace ChatKit.Gateway.Model;

/// <summary>The deployments that share one <c>model_name</c>: what a client means by a model.</summary>
internal sealed record ModelGroup(string Name, IReadOnlyList<Deployment> Deployments)
{
    /// <summary>The deployments that lack nothing; all of them where each lacks something, so that one can say what.</summary>
    public IReadOnlyList<Deployment> Candidates { get; } =
        Deployments.Any(deployment => deployment.Unavailable is null) ? [.. Deployments.Where(deployment => deployment.Unavailable is null)] : Deployments;

    public bool IsCallable => Candidates[0].Unavailable is null;

    /// <summary>False for names that resolve but are not offered: bare names beside their <c>provider/*</c>, providers that nobody set up.</summary>
    public bool Listed { get; init; } = true;
}

/// <summary>
/// A client's model name, resolved: the group, and the text that each <c>*</c> of a wildcard group stood for, in order (empty for an exact match).
/// </summary>
internal sealed record ModelMatch(ModelGroup Group, IReadOnlyList<string> WildcardSegments)
{
    /// <summary>The provider's name of the model: each <c>*</c> of the deployment's name filled with what the client wrote in its place.</summary>
    public string UpstreamModel(Deployment deployment) => WildcardPattern.Fill(deployment.UpstreamModel, WildcardSegments);
}
