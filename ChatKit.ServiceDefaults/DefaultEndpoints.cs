using ChatKit.ServiceDefaults.Health;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace ChatKit.ServiceDefaults;

/// <summary>The health routes of the backend and the worker; the gateway serves LiteLLM's own.</summary>
public static class DefaultEndpoints
{
    /// <summary>
    /// <c>/health</c> and <c>/health/liveness</c> (also <c>/health/liveliness</c>) answer while the process lives;
    /// <c>/health/readiness</c> runs every check and answers 503 when one of them fails.
    /// </summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        var alive = new HealthCheckOptions { Predicate = _ => false, ResponseWriter = HealthReportWriter.WriteAsync };
        foreach (var path in (ReadOnlySpan<string>)["/health", "/health/liveness", "/health/liveliness"])
            app.MapHealthChecks(path, alive);
        app.MapHealthChecks("/health/readiness", new HealthCheckOptions { ResponseWriter = HealthReportWriter.WriteAsync });
        return app;
    }
}
