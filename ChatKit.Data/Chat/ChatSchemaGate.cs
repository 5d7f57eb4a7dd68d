using System.Data.Common;
using ChatKit.ServiceDefaults.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;

namespace ChatKit.Data.Chat;

/// <summary>A service that cannot work on another schema than its own says so and does not start, instead of failing call by call.</summary>
internal sealed class ChatSchemaGate(IDbContextFactory<ChatDbContext> contexts) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
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

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
