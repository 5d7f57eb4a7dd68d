using System.Data.Common;
using ChatKit.Data.Gateway;
using ChatKit.Gateway.Errors;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Gateway.Spend.Reports;

/// <summary>The database as reports read it. Without one, or while it cannot be reached, they say so.</summary>
internal sealed partial class SpendReports(ILogger<SpendReports> logger, IDbContextFactory<GatewayDbContext>? contexts = null)
{
    private static readonly GatewayError NoDatabase =
        new(503, "no_db_connection", "This gateway has no database to keep spend in. Set DATABASE_URL.") { Origin = ErrorOrigin.Configuration };

    private static readonly GatewayError Unreachable = new(503, "no_db_connection", "The gateway's database cannot be reached.") { Origin = ErrorOrigin.Gateway };

    public ValueTask<GatewayError?> ReadAsync(Func<SpendReader, Task> read, CancellationToken cancellationToken) =>
        OpenAsync(database => read(new SpendReader(database, cancellationToken)));

    /// <summary>For who reads the rows themselves.</summary>
    public async ValueTask<GatewayError?> OpenAsync(Func<GatewayDbContext, Task> read)
    {
        if (contexts is null) return NoDatabase;
        try
        {
            await using var database = await contexts.CreateDbContextAsync();
            database.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
            await read(database);
            return null;
        }
        catch (Exception failure) when (failure is DbException or TimeoutException or { InnerException: DbException or TimeoutException })
        {
            Log.Unreachable(logger, (failure.InnerException ?? failure).Message);
            return Unreachable;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Spend could not be read: {Reason}")]
        public static partial void Unreachable(ILogger logger, string reason);
    }
}
