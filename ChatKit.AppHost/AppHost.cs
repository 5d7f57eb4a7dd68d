// The picture of the system: what runs, who needs whom, what is secret, what is reachable from outside.
using ChatKit.AppHost;
using ChatKit.ServiceDefaults.Configuration;

var builder = DistributedApplication.CreateBuilder(args);
builder.Configuration.AddDotEnv(Path.Combine(builder.AppHostDirectory, "..", ".env"));

builder.AddDockerComposeEnvironment("compose").WithDashboard(dashboard => dashboard.WithHostPort(18888));

var gatewayKey = builder.AddSecret("litellm-api-key", "LITELLM_MASTER_KEY", "LITELLM_API_KEY");
var database = builder.AddChatKitDatabase();
var redis = builder.AddRedis("redis").WithDataVolume().WithComposeHealth("redis-cli -a \"$$REDIS_PASSWORD\" ping | grep -q PONG");

var migrations = builder.AddProject<Projects.ChatKit_Cli>("migrations", launchProfileName: null)
    .WithArgs("migrate")
    .WithReference(database).WaitFor(database)
    .AfterHealthyDependencies();

var gateway = builder.AddProject<Projects.ChatKit_Gateway>("gateway", launchProfileName: null)
    .WithHttpEndpoint(port: 4000).WithEndpoint("http", endpoint => endpoint.IsExternal = true)
    .WithUrlForEndpoint("http", url => url.DisplayText = "OpenAI-compatible API")
    .WithHttpHealthCheck("/health/readiness")
    .WithEnvironment("LITELLM_MASTER_KEY", gatewayKey)
    .WithProviderKeys()
    .WithVariables("LITELLM_SALT_KEY", "STORE_MODEL_IN_DB", "WEBHOOK_URL", "SLACK_WEBHOOK_URL")
    .WithReference(redis).WaitFor(redis)
    .WithReference(database).WaitForCompletion(migrations)
    .WithComposeProbe("ChatKit.Gateway.dll")
    .PublishAsDockerComposeService((_, service) => service.Environment["CHATKIT_SPEND_JOURNAL"] = "/home/app/spend"); // the image's user owns no other folder

builder.AddProject<Projects.ChatKit_Backend>("backend", launchProfileName: null)
    .WithHttpEndpoint(port: 8000).WithEndpoint("http", endpoint => endpoint.IsExternal = true)
    .WithUrlForEndpoint("http", url => url.DisplayText = "Chat")
    .WithHttpHealthCheck("/health/readiness")
    .WithModelsFrom(gateway, gatewayKey)
    .WithVariables("ADMIN_EMAIL", "ADMIN_PASSWORD", "AUTH_SECRET_KEY", "AUTH_ISSUER", "AUTH_AUDIENCE", "AUTH_JWKS_URL", "ALLOWED_ORIGINS", "CHATKIT_ANONYMOUS")
    .WithReference(database).WaitForCompletion(migrations)
    .WithComposeProbe("ChatKit.Backend.dll")
    .PublishAsDockerComposeService((_, service) =>
    {
        // Nobody has an account: whoever reaches the loopback port may chat.
        if (!service.Environment.Keys.Any(name => name is "ADMIN_EMAIL" or "AUTH_SECRET_KEY" or "AUTH_ISSUER" or "CHATKIT_ANONYMOUS"))
            service.Environment["CHATKIT_ANONYMOUS"] = "anyone";
    });

builder.AddProject<Projects.ChatKit_Worker>("worker", launchProfileName: null)
    .WithHttpEndpoint()
    .WithHttpHealthCheck("/health/readiness")
    .WithModelsFrom(gateway, gatewayKey)
    .WithReference(database).WaitForCompletion(migrations)
    .WithComposeProbe("ChatKit.Worker.dll");

builder.Build().Run();
