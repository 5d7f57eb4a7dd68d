using ChatKit.Data.Migrating;
using ChatKit.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ChatKit.Data.Users;

/// <summary>Registers the users' part of a service's database, beside the chat's.</summary>
public static class UsersDatabase
{
    /// <summary>A scoped <see cref="UsersDbContext"/>, a singleton factory of it, and the readiness check <c>users</c>.</summary>
    public static IServiceCollection AddUsersDatabase(this IServiceCollection services, DatabaseTarget target)
    {
        if (target.Kind == DatabaseKind.Sqlite)
            services.AddContextFactory<UsersDbContext, SqliteUsersDbContext>(target, UsersDbContext.MigrationsHistory);
        else
            services.AddContextFactory<UsersDbContext, PostgresUsersDbContext>(target, UsersDbContext.MigrationsHistory);
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<UsersDbContext>>().CreateDbContext());
        services.AddHealthChecks().AddCheck<SchemaCheck<UsersDbContext>>("users", tags: ["ready"]);
        return services;
    }

    /// <summary>Makes the host refuse to start on a database that is not migrated.</summary>
    public static IServiceCollection AddUsersSchemaGate(this IServiceCollection services) => services.AddHostedService<SchemaGate<UsersDbContext>>();

    internal static UsersDbContext Open(DatabaseTarget target) => target.Kind == DatabaseKind.Sqlite
        ? new SqliteUsersDbContext(ContextServices.Options<SqliteUsersDbContext>(target, UsersDbContext.MigrationsHistory))
        : new PostgresUsersDbContext(ContextServices.Options<PostgresUsersDbContext>(target, UsersDbContext.MigrationsHistory));
}
