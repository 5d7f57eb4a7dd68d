using ChatKit.Gateway.Endpoints.Administration;
using ChatKit.Gateway.Keys;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Pipeline;

namespace ChatKit.Gateway.Endpoints;

/// <summary>Routes beside the calls that ask for a key like these do, and see one snapshot from beginning to end.</summary>
internal static class KeyedRoutes
{
    public static void MapKeyedGet(this IEndpointRouteBuilder routes, string pattern, Func<HttpContext, GatewaySnapshot, Caller, Task> serve) =>
        routes.MapKeyed(HttpMethods.Get, pattern, serve);

    public static void MapKeyedPost(this IEndpointRouteBuilder routes, string pattern, Func<HttpContext, GatewaySnapshot, Caller, Task> serve) =>
        routes.MapKeyed(HttpMethods.Post, pattern, serve);

    private static void MapKeyed(this IEndpointRouteBuilder routes, string method, string pattern, Func<HttpContext, GatewaySnapshot, Caller, Task> serve)
    {
        var snapshots = routes.ServiceProvider.GetRequiredService<SnapshotHolder>();
        var keys = routes.ServiceProvider.GetRequiredService<KeyGate>();
        routes.MapMethods(pattern, [method], async http =>
        {
            var snapshot = snapshots.Current;
            var (caller, denied) = await keys.AdmitAsync(http, snapshot.Settings);
            if (denied is not null)
                await ErrorResponse.WriteAsync(http, denied);
            else
                await serve(http, snapshot, caller!);
        }).WithMetadata(RouteAccess.Key);
    }
}
