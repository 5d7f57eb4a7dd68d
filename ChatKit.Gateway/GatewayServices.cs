using ChatKit.Data.Gateway;
using ChatKit.Gateway.Administration;
using ChatKit.Gateway.Administration.Auditing;
using ChatKit.Gateway.Administration.Directory;
using ChatKit.Gateway.Administration.Keys;
using ChatKit.Gateway.Administration.Models;
using ChatKit.Gateway.Callbacks;
using ChatKit.Gateway.Budgets;
using ChatKit.Gateway.Budgets.Alerts;
using ChatKit.Gateway.Cache;
using ChatKit.Gateway.Config;
using ChatKit.Gateway.Endpoints;
using ChatKit.Gateway.Endpoints.Directory;
using ChatKit.Gateway.Guardrails;
using ChatKit.Gateway.Guardrails.Judges;
using ChatKit.Gateway.Endpoints.Spend;
using ChatKit.Gateway.Keys;
using ChatKit.Gateway.Keys.Lookup;
using ChatKit.Gateway.Limits;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Accounts;
using ChatKit.Gateway.Model.Auditing;
using ChatKit.Gateway.Pipeline;
using ChatKit.Gateway.Pipeline.Caching;
using ChatKit.Gateway.Pipeline.Continuation;
using ChatKit.Gateway.Pipeline.Guarding;
using ChatKit.Gateway.Pipeline.Health;
using ChatKit.Gateway.Pipeline.Hedging;
using ChatKit.Gateway.Pipeline.PassThrough;
using ChatKit.Gateway.Providers;
using ChatKit.Gateway.Providers.Aws;
using ChatKit.Gateway.Providers.Azure;
using ChatKit.Gateway.Providers.Google;
using ChatKit.Gateway.Providers.Mock;
using ChatKit.Gateway.Redis;
using ChatKit.Gateway.Responses;
using ChatKit.Gateway.Routing;
using ChatKit.Gateway.Routing.Sharing;
using ChatKit.Gateway.Routing.Strategies;
using ChatKit.Gateway.Spend;
using ChatKit.Gateway.Telemetry.Prometheus;
using ChatKit.ServiceDefaults;
using ChatKit.ServiceDefaults.Database;

namespace ChatKit.Gateway;

/// <summary>The gateway's parts, a line per capability in the order of its pipeline. Used by its own process and by the command line.</summary>
public static class GatewayServices
{
    /// <summary>Registers the gateway.</summary>
    public static WebApplicationBuilder AddGateway(this WebApplicationBuilder builder)
    {
        builder.AddServiceDefaults(ServiceKind.Gateway);
        builder.WebHost.ConfigureKestrel(static kestrel =>
        {
            kestrel.AddServerHeader = false;
            // The configured limit applies, which a reload may change: Pipeline/RequestReader.
            kestrel.Limits.MaxRequestBodySize = null;
        });
        builder.Services
            .AddGatewayConfiguration(builder.Configuration, ProviderRows.All)
            .AddSharedRedis()
            .AddKeys(builder.Configuration)
            .AddBudgets()
            .AddLimits()
            .AddModelRouting()
            .AddSharedRoutingState()
            .AddProviders()
            .AddResponses()
            .AddGuardrails()
            .AddAnswerCache()
            .AddSpend(builder.Configuration)
            .AddPipeline()
            .AddDirectory();
        return builder;
    }

    /// <summary>Maps the gateway's routes.</summary>
    public static WebApplication MapGateway(this WebApplication app)
    {
        app.UseUnexpectedErrors();
        app.UseUnroutedRequests();
        app.MapChatCompletions();
        app.MapMessages();
        app.MapResponses();
        app.MapGenerateContent();
        app.MapModalities();
        app.MapPassThrough();
        app.MapModels();
        app.MapModelInfo();
        app.MapTokenCounter();
        app.MapHealth();
        app.MapReadiness();
        app.MapMetrics();
        app.MapKeys();
        app.MapTeams();
        app.MapUsers();
        app.MapCustomers();
        app.MapBudgets();
        app.MapTags();
        app.MapAudit();
        app.MapStoredModels();
        app.MapCache();
        app.MapSpend();
        app.MapWelcomePage();
        return app;
    }

    /// <summary>The key that the gateway asks for; null: none. For the command line, which gives it to the chat beside it.</summary>
    public static string? MasterKey(this WebApplication app) =>
        app.Services.GetRequiredService<SnapshotHolder>().Current.Settings.MasterKey?.Reveal();

    /// <summary>Where a database is configured, keys come out of it; one in memory would forget them with the process, and is as good as none.</summary>
    private static IServiceCollection AddKeys(this IServiceCollection services, IConfiguration configuration)
    {
        if (DatabaseTarget.TryResolve(configuration, out var database, out _) && !database.InMemory)
            services.AddGatewayDatabase(database).AddSingleton<KeyQuery>().AddSingleton<CustomerQuery>();
        return services
            .AddSingleton<AccountChanges>()
            .AddSingleton<KeyHolders>()
            .AddSingleton<CallAccounts>()
            .AddSingleton<KeyGate>()
            .AddHostedService<KeylessNotice>();
    }

    private static IServiceCollection AddDirectory(this IServiceCollection services)
    {
        services.AddSingleton<DatabaseHealthCheck>().AddHealthChecks().AddCheck<DatabaseHealthCheck>(DatabaseHealthCheck.Name);
        return services
            .AddSingleton<IAuditTrail, AuditTrail>()
            .AddSingleton<AdminDatabase>()
            .AddSingleton<KeyDirectory>()
            .AddSingleton<KeyRotation>()
            .AddSingleton<KeyQueries>()
            .AddSingleton<TeamDirectory>()
            .AddSingleton<TeamMembership>()
            .AddSingleton<TeamQueries>()
            .AddSingleton<UserDirectory>()
            .AddSingleton<UserQueries>()
            .AddSingleton<CustomerDirectory>()
            .AddSingleton<BudgetDirectory>()
            .AddSingleton<TagDirectory>()
            .AddSingleton<AuditQueries>()
            .AddSingleton<StoredModelWatch>()
            .AddSingleton<ModelAdministration>()
            .AddHostedService(static services => services.GetRequiredService<StoredModelWatch>());
    }

    /// <summary>The router and its policies; who shares their state with other replicas is registered beside it.</summary>
    internal static IServiceCollection AddModelRouting(this IServiceCollection services) => services
        .AddSingleton(Random.Shared)
        .AddSingleton<RoutingStrategies>()
        .AddSingleton<DeploymentPicker>()
        .AddSingleton<RetryPolicy>()
        .AddSingleton<AttemptObserver>()
        .AddSingleton<Router>();

    private static IServiceCollection AddSharedRedis(this IServiceCollection services) => services
        .AddSingleton<SharedRedis>()
        .AddSingleton<ReplicaNews>()
        .AddHostedService<AccountNews>()
        .AddHostedService(static provider => provider.GetRequiredService<SharedRedis>());

    private static IServiceCollection AddBudgets(this IServiceCollection services) => services
        .AddSingleton<SpendBook>()
        .AddSingleton<SpendStore>()
        .AddSingleton<SharedBudgets>()
        .AddSingleton<AlertQueue>()
        .AddSingleton<AlertTransport>()
        .AddSingleton<DeploymentBudgets>()
        .AddSingleton<BudgetWatch>()
        .AddSingleton<BudgetGate>()
        .AddHostedService<SpendReconciliation>()
        .AddHostedService<AlertDelivery>()
        .AddHostedService(static provider => provider.GetRequiredService<DeploymentBudgets>());

    private static IServiceCollection AddLimits(this IServiceCollection services) => services
        .AddSingleton<LimitCounters>()
        .AddSingleton<SharedLimits>()
        .AddSingleton<LimitGate>()
        .AddHostedService<LimitUpkeep>();

    private static IServiceCollection AddSharedRoutingState(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<SharedStateHealthCheck>("redis");
        return services
            .AddSingleton<ConnectBoard>(RedisBoard.ConnectAsync)
            .AddSingleton<SharedRoutingState>()
            .AddSingleton<SharedMinutes>()
            .AddSingleton<ISharedRoutingState>(static provider => provider.GetRequiredService<SharedRoutingState>())
            .AddHostedService(static provider => provider.GetRequiredService<SharedRoutingState>());
    }

    private static IServiceCollection AddProviders(this IServiceCollection services) => services
        .AddSingleton<AwsAuthorization>()
        .AddSingleton(static services => new EntraTokens(services.GetRequiredService<TimeProvider>()))
        .AddSingleton<CloudAuthorization>()
        .AddSingleton<UpstreamClient>()
        .AddSingleton<GoogleTokens>()
        .AddSingleton<MockUpstream>()
        .AddSingleton<ProviderCatalog>();

    private static IServiceCollection AddResponses(this IServiceCollection services) => services
        .AddSingleton<ResponseStore>()
        .AddSingleton<ResponseConversation>();

    private static IServiceCollection AddAnswerCache(this IServiceCollection services) => services
        .AddSingleton<AnswerStores>()
        .AddSingleton<QuestionEmbedder>()
        .AddSingleton<AnswerCache>();

    private static IServiceCollection AddGuardrails(this IServiceCollection services) => services
        .AddSingleton<JudgeClient>()
        .AddSingleton<GuardrailCatalog>()
        .AddSingleton<CallGuard>();

    private static IServiceCollection AddPipeline(this IServiceCollection services) => services
        .AddSingleton<PrometheusMetrics>()
        .AddSingleton<CallbackDispatcher>()
        .AddSingleton<SettlementListeners>()
        .AddHostedService<LangfuseExport>()
        .AddSingleton<Admission>()
        .AddSingleton<AttemptSettlement>()
        .AddSingleton<AttemptStarter>()
        .AddSingleton<StreamContinuation>()
        .AddSingleton<HedgedAttempts>()
        .AddSingleton<GatewayPipeline>()
        .AddSingleton<PassThroughPipeline>()
        .AddSingleton<DeploymentProbe>()
        .AddSingleton<HealthCheck>()
        .AddSingleton<LiveState>()
        .AddSingleton<ModelInfoWriter>()
        .AddSingleton<BackgroundHealthChecks>()
        .AddHostedService(static services => services.GetRequiredService<BackgroundHealthChecks>());
}
