using ChatKit.Backend.Access;
using ChatKit.Backend.Access.Limits;
using ChatKit.Backend.Access.SignIn;
using ChatKit.Backend.Agent;
using ChatKit.Backend.Attachments;
using ChatKit.Backend.Attachments.Scanning;
using ChatKit.Backend.Configuration;
using ChatKit.Backend.Items;
using ChatKit.Backend.Models;
using ChatKit.Backend.Page;
using ChatKit.Backend.Speech;
using ChatKit.Backend.Streams;
using ChatKit.Backend.Threads;
using ChatKit.Backend.Tools;
using ChatKit.Backend.Turns;
using ChatKit.Data.Chat;
using ChatKit.ServiceDefaults;
using ChatKit.ServiceDefaults.Database;
using ChatKit.ServiceDefaults.Hosting;
using ChatKit.ServiceDefaults.Models;

namespace ChatKit.Backend;

/// <summary>What the backend is made of, for its own process and for <c>chatkit up</c>.</summary>
public static class BackendServices
{
    /// <summary>Registers the backend. Throws <see cref="StartupException"/> where the configuration keeps it from working.</summary>
    public static WebApplicationBuilder AddBackend(this WebApplicationBuilder builder)
    {
        builder.AddServiceDefaults(ServiceKind.Backend);
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.AddServerHeader = false);
        if (!DatabaseTarget.TryResolve(builder.Configuration, out var database, out var problem))
            throw new StartupException(problem);
        var file = ChatKitFile.Read(builder.Configuration);
        if (file.Problems.Count > 0)
            throw new StartupException(file.Problems);

        var services = builder.Services;
        builder.AddChatDatabase(database);
        services.AddChatSchemaGate();
        services.AddProblemDetails();
        builder.AddAccess(database);

        services.AddSingleton(_ => new ModelConnection(ModelEndpoint.Resolve(builder.Configuration).Required));
        services.AddSingleton<GatewayKeys>();
        services.AddSingleton<PersonalKeys>();
        services.AddScoped<ModelClients>();
        services.AddSingleton<ModelCatalog>();
        services.AddSingleton<DefaultModel>();

        services.AddSingleton<ThreadTurns>();
        services.AddScoped<OpenThreads>();
        services.AddScoped<ItemStore>();
        services.AddScoped<AttachmentAddresses>();
        services.AddSingleton<FileScanner>();
        services.AddScoped<AttachmentStore>();
        services.AddScoped<MessageAttachments>();
        services.AddScoped<ITranscriber, GatewayTranscriber>();
        services.AddScoped<TurnRunner>();
        services.AddAgent(file);
        services.AddSingleton<LiveStreams>();
        services.AddSingleton<StreamFollower>();
        services.AddScoped<ResumableTurn>();
        services.AddHostedService<StreamJournal>();
        return builder;
    }

    /// <summary>Maps the backend's routes: the protocol, what the page needs beside it, health, and the page.</summary>
    public static WebApplication MapBackend(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.MapDefaultEndpoints();
        app.UseWhen(
            static http => !http.Request.Path.StartsWithSegments("/health"),
            static guarded => guarded.UseMiddleware<HostGuard>());
        app.UseMiddleware<SignInRedirect>();
        app.MapChatPage();
        app.UseAccess();
        app.MapAccess();

        var api = app.MapGroup("").RequireAuthorization().RequireRateLimiting(RateLimits.Chat).AddEndpointFilter<OriginGuard>();
        api.MapChatKit();
        api.MapAttachments();
        api.MapModels();
        api.MapTools();
        api.MapThreadSearch();
        api.MapPageSettings();
        api.MapStreams();
        return app;
    }
}
