using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Config;

/// <summary>
/// Hands the moving part of a deployment from one snapshot to the next, where the entry did not change: a reload must not forget how many calls
/// are under way.
/// </summary>
internal sealed class DeploymentStates(GatewaySnapshot? previous)
{
    private readonly Dictionary<(string Id, string Fingerprint), DeploymentState> _kept =
        (previous?.Deployments ?? []).DistinctBy(Key).ToDictionary(Key, deployment => deployment.State);

    public DeploymentState Of(string id, string fingerprint) => _kept.TryGetValue((id, fingerprint), out var state) ? state : new DeploymentState();

    private static (string, string) Key(Deployment deployment) => (deployment.Id, deployment.Fingerprint);
}
