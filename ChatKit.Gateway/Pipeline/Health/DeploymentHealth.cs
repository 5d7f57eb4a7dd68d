using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Pipeline.Health;

/// <summary>What a check found.</summary>
/// <param name="Deployment">Who was checked.</param>
/// <param name="Mode">The kind of call that was made, or would have been.</param>
/// <param name="Error">Why it is unhealthy; null where it answered, or was not asked.</param>
/// <param name="NotAsked">Why nothing was sent; null where something was.</param>
internal sealed record DeploymentHealth(Deployment Deployment, string Mode, GatewayError? Error, string? NotAsked)
{
    public bool IsHealthy => Error is null && NotAsked is null;
}
