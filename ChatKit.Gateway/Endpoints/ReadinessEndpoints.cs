using ChatKit.Gateway.Administration;
using ChatKit.Gateway.Endpoints.Administration;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Wire.LiteLlm;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ChatKit.Gateway.Endpoints;

/// <summary>What orchestrators ask, under LiteLLM's paths: whether the gateway lives, and whether it is ready. They call nobody, ask for nothing and tell nothing.</summary>
internal static class ReadinessEndpoints
{
    private static readonly string Version = typeof(ReadinessEndpoints).Assembly.GetName().Version?.ToString(3) ?? "0";

    public static void MapReadiness(this IEndpointRouteBuilder routes)
    {
        foreach (var path in (string[])["/health/liveliness", "/health/liveness"])
            routes.MapMethods(path, ["GET", "HEAD"], AliveAsync).WithMetadata(RouteAccess.Public);
        routes.MapMethods("/health/readiness", ["GET", "HEAD"], ReadyAsync).WithMetadata(RouteAccess.Public);
    }

    /// <summary>A JSON string; a serializer would escape the apostrophe, and people compare the text.</summary>
    private static Task AliveAsync(HttpContext http)
    {
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync("\"I'm alive!\"");
    }

    private static async Task ReadyAsync(HttpContext http)
    {
        var report = await http.RequestServices.GetRequiredService<HealthCheckService>().CheckHealthAsync(http.RequestAborted);
        var failed = report.Entries.Where(entry => entry.Value.Status is not HealthStatus.Healthy)
            .ToDictionary(entry => entry.Key, entry => entry.Value.Exception is null ? entry.Value.Description ?? "failed" : "failed");
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var settings = http.RequestServices.GetRequiredService<SnapshotHolder>().Current.Settings;
        var isReady = report.Status is not HealthStatus.Unhealthy;
        http.Response.StatusCode = isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        var isConnected = http.RequestServices.GetRequiredService<DatabaseHealthCheck>().IsConfigured && !failed.ContainsKey(DatabaseHealthCheck.Name);
        var answer = new ReadinessWire(isReady ? "healthy" : "unhealthy", Version, now, failed.Count == 0 ? null : failed) { Cache = CacheOf(settings) };
        await http.Response.WriteAsJsonAsync(isConnected ? answer with { Db = "connected" } : answer, HealthJson.Default.ReadinessWire);
    }

    /// <summary>Where answers are kept; without that, where replicas share their state.</summary>
    private static string? CacheOf(GatewaySettings settings) => settings.Cache is { } cache ? cache.Redis is null ? "local" : "redis" : settings.Redis is null ? null : "redis";
}
