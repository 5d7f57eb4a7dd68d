using System.Collections.Concurrent;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Pipeline;
using ChatKit.Gateway.Wire.LiteLlm;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ChatKit.Gateway.Endpoints;

/// <summary>
/// LiteLLM's health routes. <c>/health</c> asks for a key and calls every deployment; <c>/health/liveness</c> and <c>/health/readiness</c> are for
/// orchestrators: they call nobody, ask for nothing and tell nothing.
/// </summary>
internal static class HealthEndpoints
{
    /// <summary>Calls at once: enough that a hundred deployments take seconds, few enough that no provider takes it for an attack.</summary>
    private const int Concurrency = 16;

    private static readonly string Version = typeof(HealthEndpoints).Assembly.GetName().Version?.ToString(3) ?? "0";

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapKeyedGet("/health", CheckAsync);
        foreach (var path in (string[])["/health/liveliness", "/health/liveness"])
            routes.MapMethods(path, ["GET", "HEAD"], AliveAsync);
        routes.MapMethods("/health/readiness", ["GET", "HEAD"], ReadyAsync);
    }

    /// <summary>A JSON string; a serializer would escape the apostrophe, and people compare the text.</summary>
    private static Task AliveAsync(HttpContext http)
    {
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync("\"I'm alive!\"");
    }

    /// <summary><c>?model=</c> limits the check to one name, <c>?model_id=</c> to one deployment.</summary>
    private static async Task CheckAsync(HttpContext http, GatewaySnapshot snapshot)
    {
        var probe = http.RequestServices.GetRequiredService<DeploymentProbe>();
        var deployments = Asked(http.Request.Query, snapshot).ToList();
        var checkable = deployments.Where(deployment => deployment.ProbeModel is not null).ToList();
        var errors = new ConcurrentDictionary<Deployment, GatewayError?>(ReferenceEqualityComparer.Instance);
        var options = new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = http.RequestAborted };
        await Parallel.ForEachAsync(checkable, options, async (deployment, _) => errors[deployment] = await probe.CheckAsync(http, snapshot, deployment));

        var answer = new HealthWire(
            [.. checkable.Where(deployment => errors[deployment] is null).Select(deployment => Endpoint(deployment))],
            [.. checkable.Where(deployment => errors[deployment] is not null).Select(deployment => Endpoint(deployment, errors[deployment]!.Message))])
        {
            SkippedEndpoints = [.. deployments.Where(deployment => deployment.ProbeModel is null).Select(deployment => Endpoint(deployment))],
        };
        await http.Response.WriteAsJsonAsync(answer, HealthJson.Default.HealthWire);
    }

    private static IEnumerable<Deployment> Asked(IQueryCollection query, GatewaySnapshot snapshot)
    {
        var (model, id) = ((string?)query["model"], (string?)query["model_id"]);
        return from @group in snapshot.AllGroups
               where @group.Listed
               from deployment in @group.Deployments
               where (model is null || model == @group.Name || model == Name(deployment)) && (id is null || id == deployment.Id)
               select deployment;
    }

    private static EndpointWire Endpoint(Deployment deployment, string? error = null) =>
        new(Name(deployment), deployment.BaseAddress?.AbsoluteUri, deployment.Id, deployment.GroupName, error);

    private static string Name(Deployment deployment) => $"{deployment.Provider}/{deployment.UpstreamModel}";

    private static async Task ReadyAsync(HttpContext http)
    {
        var report = await http.RequestServices.GetRequiredService<HealthCheckService>().CheckHealthAsync(http.RequestAborted);
        var failed = report.Entries.Where(entry => entry.Value.Status is not HealthStatus.Healthy)
            .ToDictionary(entry => entry.Key, entry => entry.Value.Exception is null ? entry.Value.Description ?? "failed" : "failed");
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var isReady = report.Status is not HealthStatus.Unhealthy;
        http.Response.StatusCode = isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        await http.Response.WriteAsJsonAsync(
            new ReadinessWire(isReady ? "healthy" : "unhealthy", Version, now, failed.Count == 0 ? null : failed), HealthJson.Default.ReadinessWire);
    }
}
