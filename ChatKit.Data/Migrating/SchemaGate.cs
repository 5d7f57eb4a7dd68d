using System.Data.Common;
using ChatKit.ServiceDefaults.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;

namespace ChatKit.Data.Migrating;

/// <summary>A service that cannot work on another schema than its own says so and does not start, instead of failing call by call.</summary>
internal sealed class SchemaGate<TContext>(IDbContextFactory<TContext> contexts) : IHostedService
    where TContext : DbContext
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var database = await contexts.CreateDbContextAsync(cancellationToken);
        try
        {
            if (await PendingMigrations.AdviceAsync(database, cancellationToken) is { } advice)
                throw new StartupException(advice);
        }
        catch (Exception failure) when (failure is DbException or { InnerException: DbException })
        {
            throw new StartupException($"the database cannot be reached: {(failure as DbException ?? failure.InnerException)!.Message}", failure);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
