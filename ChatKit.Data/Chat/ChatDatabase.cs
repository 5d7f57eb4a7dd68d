using ChatKit.Data.Migrating;
using ChatKit.Data.Sqlite;
using ChatKit.ServiceDefaults.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ChatKit.Data.Chat;

/// <summary>Registers the chat database of a service.</summary>
public static class ChatDatabase
{
    /// <summary>As <see cref="AddChatDatabase(IServiceCollection, DatabaseTarget)"/>, with Aspire's telemetry where it is built in.</summary>
    public static IHostApplicationBuilder AddChatDatabase(this IHostApplicationBuilder builder, DatabaseTarget target)
    {
        builder.Services.AddChatDatabase(target);
#if ASPIRE_INTEGRATIONS
        // Retries stay off: they would forbid the transactions that we open ourselves. The health check is our own.
        if (target.Kind == DatabaseKind.PostgreSql)
            builder.EnrichNpgsqlDbContext<PostgresChatDbContext>(settings => settings.DisableRetry = settings.DisableHealthChecks = true);
#endif
        return builder;
    }

    /// <summary>
    /// A scoped <see cref="ChatDbContext"/> for request handlers, a singleton <see cref="IDbContextFactory{ChatDbContext}"/> for everything
    /// longer-lived (streams, background work), and the readiness check <c>database</c>.
    /// </summary>
    public static IServiceCollection AddChatDatabase(this IServiceCollection services, DatabaseTarget target)
    {
        if (target.Kind == DatabaseKind.Sqlite)
            services.AddContext<SqliteChatDbContext>(target);
        else
            services.AddContext<PostgresChatDbContext>(target);
        if (target.InMemory)
            services.AddHostedService(_ => new MemoryDatabase(target));
        services.AddHealthChecks().AddCheck<SchemaCheck<ChatDbContext>>("database", tags: ["ready"]);
        return services;
    }

    /// <summary>Makes the host refuse to start on a database that is not migrated. After <c>AddChatDatabase</c>.</summary>
    public static IServiceCollection AddChatSchemaGate(this IServiceCollection services) => services.AddHostedService<SchemaGate<ChatDbContext>>();

    internal static ChatDbContext Open(DatabaseTarget target) => target.Kind == DatabaseKind.Sqlite
        ? new SqliteChatDbContext(ContextServices.Options<SqliteChatDbContext>(target, ChatDbContext.MigrationsHistory))
        : new PostgresChatDbContext(ContextServices.Options<PostgresChatDbContext>(target, ChatDbContext.MigrationsHistory));

    private static void AddContext<TContext>(this IServiceCollection services, DatabaseTarget target)
        where TContext : ChatDbContext => services
        .AddContextFactory<ChatDbContext, TContext>(target, ChatDbContext.MigrationsHistory)
        .AddScoped(provider => provider.GetRequiredService<IDbContextFactory<ChatDbContext>>().CreateDbContext());
}
