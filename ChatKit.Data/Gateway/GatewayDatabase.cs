using ChatKit.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ChatKit.Data.Gateway;

/// <summary>
/// Registers the gateway's database. The gateway works without it, so there is neither a gate nor a readiness check: a call that needs the database says so when
/// it cannot be reached.
/// </summary>
public static class GatewayDatabase
{
    /// <summary>A singleton <see cref="IDbContextFactory{GatewayDbContext}"/>.</summary>
    public static IServiceCollection AddGatewayDatabase(this IServiceCollection services, DatabaseTarget target) => target.Kind == DatabaseKind.Sqlite
        ? services.AddContextFactory<GatewayDbContext, SqliteGatewayDbContext>(target, GatewayDbContext.MigrationsHistory)
        : services.AddContextFactory<GatewayDbContext, PostgresGatewayDbContext>(target, GatewayDbContext.MigrationsHistory);

    internal static GatewayDbContext Open(DatabaseTarget target) => target.Kind == DatabaseKind.Sqlite
        ? new SqliteGatewayDbContext(ContextServices.Options<SqliteGatewayDbContext>(target, GatewayDbContext.MigrationsHistory))
        : new PostgresGatewayDbContext(ContextServices.Options<PostgresGatewayDbContext>(target, GatewayDbContext.MigrationsHistory));
}
