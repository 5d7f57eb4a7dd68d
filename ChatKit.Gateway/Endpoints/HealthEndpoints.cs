using ChatKit.Gateway.Model;
using ChatKit.Gateway.Pipeline.Health;
using ChatKit.Gateway.Wire.LiteLlm;

namespace ChatKit.Gateway.Endpoints;

/// <summary>
/// LiteLLM's <c>/health</c>: asks for a key and calls every deployment, or with <c>background_health_checks</c> nobody, since it knows already. What
/// orchestrators ask is in <see cref="ReadinessEndpoints"/>. A virtual key checks what it may call.
/// </summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes) => routes.MapKeyedGet("/health", CheckAsync);

    /// <summary><c>?model=</c> limits the answer to one name, <c>?model_id=</c> to one deployment.</summary>
    private static async Task CheckAsync(HttpContext http, GatewaySnapshot snapshot, Caller caller)
    {
        var settings = snapshot.Settings.Health;
        var asked = HealthScope.Asked(snapshot, http.Request.Query["model"], http.Request.Query["model_id"])
            .Where(deployment => CallableModels.Shows(caller, snapshot, deployment)).ToList();
        var found = settings.InBackground
            ? Known(http.RequestServices.GetRequiredService<BackgroundHealthChecks>(), asked)
            : await http.RequestServices.GetRequiredService<HealthCheck>().RunAsync(http, snapshot, asked);
        var answer = new HealthWire(
            [.. found.Where(health => health.IsHealthy).Select(health => Endpoint(health, settings.Details))],
            [.. found.Where(health => health.Error is not null).Select(health => Endpoint(health, settings.Details))])
        {
            SkippedEndpoints = [.. found.Where(health => health.NotAsked is not null).Select(health => Endpoint(health, settings.Details))],
        };
        await http.Response.WriteAsJsonAsync(answer, HealthJson.Default.HealthWire);
    }

    private static List<DeploymentHealth> Known(BackgroundHealthChecks background, List<Deployment> asked) =>
        [.. asked.Select(deployment => background.Latest(deployment) ?? new DeploymentHealth(deployment, "chat", null, NotYet(deployment)))];

    private static string NotYet(Deployment deployment) =>
        deployment.SkipsBackgroundChecks ? "model_info.disable_background_health_check is true" : "the first background check is not over";

    private static EndpointWire Endpoint(DeploymentHealth health, bool details)
    {
        var deployment = health.Deployment;
        var endpoint = new EndpointWire(HealthScope.NameOf(deployment));
        return details ? endpoint with
        {
            ApiBase = deployment.ShownBase,
            ModelId = deployment.Id,
            ModelGroup = deployment.GroupName,
            Mode = health.Mode,
            Error = health.Error?.Message,
            ExceptionStatus = health.Error?.Status,
            Reason = health.NotAsked,
        } : endpoint;
    }
}
