using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ChatKit.Data.Chat;

/// <summary>Ready means: the database answers, and no migration is waiting.</summary>
internal sealed class ChatSchemaCheck(IDbContextFactory<ChatDbContext> contexts) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var database = await contexts.CreateDbContextAsync(cancellationToken);
        try
        {
            var pending = await ChatMigrator.PendingMigrationsAsync(database, cancellationToken);
            return pending.Count == 0
                ? HealthCheckResult.Healthy()
                : new HealthCheckResult(context.Registration.FailureStatus, ChatMigrator.PendingAdvice(pending.Count));
        }
        catch (Exception failure) when (failure is DbException or { InnerException: DbException })
        {
            return new HealthCheckResult(context.Registration.FailureStatus, "the database cannot be reached", failure);
        }
    }
}
