using System.Data.Common;
using ChatKit.Data.Gateway;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Accounts;
using ChatKit.Gateway.Model.Auditing;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Gateway.Administration;

/// <summary>
/// The database as administrative routes use it. A change is one transaction; once it stands, the audit log and whoever keeps something in memory hear of it, and only
/// then does its author get an answer. Without a database, or while it cannot be reached, the routes say so.
/// </summary>
internal sealed partial class AdminDatabase(
    IAuditTrail audit, AccountChanges announcements, ILogger<AdminDatabase> logger, IDbContextFactory<GatewayDbContext>? contexts = null)
{
    private static readonly GatewayError NoDatabase =
        new(503, "no_db_connection", "This gateway has no database to keep keys, teams and budgets in. Set DATABASE_URL.") { Origin = ErrorOrigin.Configuration };

    private static readonly GatewayError Unreachable = new(503, "no_db_connection", "The gateway's database cannot be reached.") { Origin = ErrorOrigin.Gateway };

    private static readonly GatewayError Overtaken = new(409, "bad_request_error", "Somebody else changed the same thing at the same moment. Look at it, and try again.");

    public ValueTask<Outcome<T>> ReadAsync<T>(Func<GatewayDbContext, Task<Outcome<T>>> read, CancellationToken cancellationToken)
        where T : class => RunAsync(read, cancellationToken);

    /// <summary>Stores what <paramref name="change"/> does to the rows, unless it refuses.</summary>
    public ValueTask<Outcome<T>> ChangeAsync<T>(Caller by, Func<PendingChange, Task<Outcome<T>>> change, CancellationToken cancellationToken)
        where T : class => RunAsync(
        async context =>
        {
            await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            var pending = new PendingChange(context, by);
            var outcome = await change(pending);
            if (outcome.Error is not null) return outcome;
            await context.SaveChangesAsync(cancellationToken);
            // From here on it counts, whether its author stays or not.
            await transaction.CommitAsync(CancellationToken.None);
            foreach (var account in pending.Accounts) announcements.Announce(account);
            foreach (var entry in pending.Entries) await audit.RecordAsync(entry);
            return outcome;
        },
        cancellationToken);

    private async ValueTask<Outcome<T>> RunAsync<T>(Func<GatewayDbContext, Task<Outcome<T>>> work, CancellationToken cancellationToken)
        where T : class
    {
        if (contexts is null) return NoDatabase;
        try
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            return await work(context);
        }
        catch (DbUpdateException failure) when (failure.InnerException is DbException { IsTransient: false })
        {
            Log.Overtaken(logger, failure.InnerException.Message);
            return Overtaken;
        }
        catch (Exception failure) when (failure is DbException or TimeoutException or { InnerException: DbException or TimeoutException })
        {
            Log.Unreachable(logger, (failure.InnerException ?? failure).Message);
            return Unreachable;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The database cannot be reached: {Reason}")]
        public static partial void Unreachable(ILogger logger, string reason);

        [LoggerMessage(2, LogLevel.Information, "A change was overtaken by another: {Reason}")]
        public static partial void Overtaken(ILogger logger, string reason);
    }
}
