using ChatKit.Gateway.Endpoints.Administration;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Keys;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Pipeline;
using ChatKit.Gateway.Telemetry.Prometheus;

namespace ChatKit.Gateway.Endpoints;

/// <summary>
/// <c>/metrics</c> for Prometheus, where <c>litellm_settings.callbacks</c> asks for it (https://docs.litellm.ai/docs/proxy/prometheus). It tells keys, teams and
/// users apart, so that it is for administrators and those who may look, unless the configuration opens it.
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
            if (await RefuseAsync(http, settings, keys) is { } refused)
            {
                await ErrorResponse.WriteAsync(http, refused);
                return;
            }

            http.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
            await metrics.WriteAsync(http.Response.Body, http.RequestAborted);
        }).WithMetadata(RouteAccess.View);
    }

    private static async ValueTask<GatewayError?> RefuseAsync(HttpContext http, GatewaySettings settings, KeyGate keys)
    {
        if (settings.Callbacks.Prometheus is { AsksForKey: false }) return null;
        var (caller, denied) = await keys.AdmitAsync(http, settings);
        return denied ?? RouteAccess.View.Refuse(caller!) ?? (settings.Callbacks.Prometheus is null ? NotOn : null);
    }
}
