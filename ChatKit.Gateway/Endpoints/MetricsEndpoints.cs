using ChatKit.Gateway.Endpoints.Administration;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Keys;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Pipeline;
using ChatKit.Gateway.Telemetry.Prometheus;

namespace ChatKit.Gateway.Endpoints;

/// <summary>
/// <c>/metrics</c> for Prometheus, where <c>litellm_settings.callbacks</c> asks for it (https://docs.litellm.ai/docs/proxy/prometheus). It tells keys, teams and
/// users apart, so that it asks for a key unless the configuration says otherwise.
/// </summary>
internal static class MetricsEndpoints
{
    private static readonly GatewayError NotOn = new(
        StatusCodes.Status404NotFound, "invalid_request_error", "No metrics are kept: litellm_settings.callbacks does not name prometheus.");

    public static void MapMetrics(this IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        var (snapshots, keys, metrics) = (services.GetRequiredService<SnapshotHolder>(), services.GetRequiredService<KeyGate>(), services.GetRequiredService<PrometheusMetrics>());
        routes.MapGet("/metrics", async http =>
        {
            var settings = snapshots.Current.Settings;
            var error = settings.Callbacks.Prometheus is { AsksForKey: false } ? null : (await keys.AdmitAsync(http, settings)).Error;
            if (error is null && settings.Callbacks.Prometheus is null) error = NotOn;
            if (error is not null)
            {
                await ErrorResponse.WriteAsync(http, error);
                return;
            }

            http.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
            await metrics.WriteAsync(http.Response.Body, http.RequestAborted);
        }).WithMetadata(RouteAccess.Key);
    }
}
