using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ChatKit.Gateway.Routing.Sharing;

/// <summary>For the readiness answer. Without Redis the gateway serves as before, so it stays ready, and says what it lacks.</summary>
internal sealed class SharedStateHealthCheck(SharedRoutingState shared) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        shared.IsReachable is false ? HealthCheckResult.Degraded("does not answer; this replica routes by what it sees itself") : HealthCheckResult.Healthy());
}
