using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Pipeline.Health;

/// <summary>Checks many deployments beside each other, as many at a time as the configuration allows.</summary>
internal sealed class HealthCheck(DeploymentProbe probe)
{
    /// <summary>What was found, in the order of the deployments.</summary>
    public async Task<IReadOnlyList<DeploymentHealth>> RunAsync(HttpContext http, GatewaySnapshot snapshot, IReadOnlyList<Deployment> deployments)
    {
        var found = new DeploymentHealth[deployments.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = snapshot.Settings.Health.Concurrency, CancellationToken = http.RequestAborted };
        await Parallel.ForAsync(0, found.Length, options, async (i, _) => found[i] = await probe.CheckAsync(http, snapshot, deployments[i]));
        return found;
    }
}
