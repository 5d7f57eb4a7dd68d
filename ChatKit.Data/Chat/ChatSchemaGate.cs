using System.Data.Common;
using ChatKit.ServiceDefaults.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;

namespace ChatKit.Data.Chat;

/// <summary>A service that cannot work on another schema than its own says so and does not start, instead of failing call by call.</summary>
internal sealed class ChatSchemaGate(IDbContextFactory<ChatDbContext> contexts) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await using var database = await contexts.CreateDbContextAsync(cancellationToken);
        try
        {
            var pending = await ChatMigrator.PendingMigrationsAsync(database, cancellationToken);
            if (pending.Count > 0)
                throw new StartupException(ChatMigrator.PendingAdvice(pending.Count));
        }
        catch (Exception failure) when (failure is DbException or { InnerException: DbException })
        {
            throw new StartupException($"the database cannot be reached: {(failure as DbException ?? failure.InnerException)!.Message}", failure);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
