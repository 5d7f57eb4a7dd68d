using ChatKit.Data.Chat;
using ChatKit.ServiceDefaults;
using ChatKit.ServiceDefaults.Database;
using ChatKit.ServiceDefaults.Hosting;
using ChatKit.ServiceDefaults.Models;
using ChatKit.Worker.Jobs.ThreadTitle;
using ChatKit.Worker.Models;
using ChatKit.Worker.Outbox;
using ChatKit.Worker.Scheduling;

namespace ChatKit.Worker;

/// <summary>What the worker is made of, for its own process and for <c>chatkit up</c>.</summary>
public static class WorkerServices
{
    /// <summary>Registers the worker in any host. Throws <see cref="StartupException"/> where the configuration keeps it from working.</summary>
    public static IHostApplicationBuilder AddWorker(this IHostApplicationBuilder builder) => builder.AddWorker(WorkerSettings.Default);

    internal static IHostApplicationBuilder AddWorker(this IHostApplicationBuilder builder, WorkerSettings settings)
    {
        builder.AddServiceDefaults(ServiceKind.Worker);
        if (!DatabaseTarget.TryResolve(builder.Configuration, out var database, out var problem))
            throw new StartupException(problem);

        builder.AddChatDatabase(database);
        var services = builder.Services;
        services.AddSingleton(settings);
        // Hosted services start in this order: nothing runs on a schema that is not there.
        services.AddChatSchemaGate();
        services.AddScheduler(database, settings);
        // OutboxFiring tells each failure in one line; Quartz would repeat it with its stack.
        builder.Logging.AddFilter("Quartz.Core.JobRunShell", LogLevel.None);
        services.AddOutbox();

        services.AddSingleton(_ => new ModelClients(ModelEndpoint.Resolve(builder.Configuration).Required));
        services.AddThreadTitles();
        return builder;
    }

    /// <summary>Health, for a worker in a process of its own; inside <c>chatkit up</c> nobody asks it over HTTP.</summary>
    public static WebApplication MapWorker(this WebApplication app) => app.MapDefaultEndpoints();
}
