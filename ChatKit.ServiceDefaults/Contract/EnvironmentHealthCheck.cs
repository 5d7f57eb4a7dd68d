using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ChatKit.ServiceDefaults.Contract;

/// <summary>The contract as a readiness check: a reloaded configuration may have lost what start-up found there.</summary>
internal sealed class EnvironmentHealthCheck(IConfiguration configuration, ServiceKind kind) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var problems = RequiredVariables.Problems(configuration, kind);
        return Task.FromResult(problems.Count == 0
            ? HealthCheckResult.Healthy()
            : new HealthCheckResult(context.Registration.FailureStatus, string.Join("; ", problems.Select(problem => problem.Message))));
    }
}
