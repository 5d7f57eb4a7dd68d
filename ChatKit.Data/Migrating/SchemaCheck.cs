using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ChatKit.Data.Migrating;

/// <summary>Ready means: the database answers, and no migration is waiting.</summary>
internal sealed class SchemaCheck<TContext>(IDbContextFactory<TContext> contexts) : IHealthCheck
    where TContext : DbContext
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var database = await contexts.CreateDbContextAsync(cancellationToken);
        try
        {
            return await PendingMigrations.AdviceAsync(database, cancellationToken) is { } advice
                ? new HealthCheckResult(context.Registration.FailureStatus, advice)
                : HealthCheckResult.Healthy();
        }
        catch (Exception failure) when (failure is DbException or { InnerException: DbException })
        {
            return new HealthCheckResult(context.Registration.FailureStatus, "the database cannot be reached", failure);
        }
    }
}
