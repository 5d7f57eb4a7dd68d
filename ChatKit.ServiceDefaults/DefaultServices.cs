using ChatKit.ServiceDefaults.Contract;
using ChatKit.ServiceDefaults.Hosting;
using ChatKit.ServiceDefaults.Logging;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace ChatKit.ServiceDefaults;

/// <summary>What the three services have in common: configuration, the environment contract, logs, telemetry, health.</summary>
public static class DefaultServices
{
    /// <summary>
    /// Call it first: it adds <c>.env</c> from the content root below the process environment, and refuses a configuration with which the
    /// service could not work.
    /// </summary>
    /// <exception cref="StartupException">Names every problem at once.</exception>
    public static IHostApplicationBuilder AddServiceDefaults(this IHostApplicationBuilder builder, ServiceKind kind)
    {
        builder.Configuration.AddDotEnv(Path.Combine(builder.Environment.ContentRootPath, ".env"));
        var problems = RequiredVariables.Problems(builder.Configuration, kind);
        if (problems.Count > 0)
            throw new StartupException([.. problems.Select(problem => problem.Message)]);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.AddConsoleLogging();
        builder.AddTelemetry($"chatkit-{kind.ToString().ToLowerInvariant()}");
        builder.Services.AddHealthChecks().Add(new("environment", services => new EnvironmentHealthCheck(services.GetRequiredService<IConfiguration>(), kind), null, null));
        return builder;
    }
}
