using ChatKit.Gateway.Endpoints.Administration;
using ChatKit.Gateway.Tests.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatKit.Gateway.Tests.Administration;

/// <summary>Every administrative route that a gateway has, found in its route table: a new one is attacked by the tests without anybody adding it anywhere.</summary>
internal static class AdminRouteList
{
    public static IReadOnlyList<(string Method, string Path)> Of(ConfiguredGateway gateway) => [.. WithAccess(gateway).Select(static route => (route.Method, route.Path))];

    public static IReadOnlyList<(string Method, string Path, RouteAccess Access)> WithAccess(ConfiguredGateway gateway)
    {
        var routes = All(gateway).ToList();
        // A test over no routes would pass, and say nothing.
        Assert.InRange(routes.Count, 40, 500);
        return routes;
    }

    private static IEnumerable<(string Method, string Path, RouteAccess Access)> All(ConfiguredGateway gateway) =>
    [
        .. from route in gateway.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
           let access = route.Metadata.GetMetadata<RouteAccess>()
           where access == RouteAccess.Own || access == RouteAccess.ChangeOwn || access == RouteAccess.View || access == RouteAccess.Manage
           from method in route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"]
           // Routes that answer before they read anything, where what they are about is switched off: as it is here.
           where route.RoutePattern.RawText is not ("/metrics" or "/cache/ping" or "/cache/delete" or "/cache/flushall")
           select (method, PathOf(route), access),
    ];

    private static string PathOf(RouteEndpoint route) => "/" + string.Join('/', route.RoutePattern.PathSegments.Select(static segment =>
        string.Concat(segment.Parts.Select(static part => part is RoutePatternLiteralPart literal ? literal.Content : "some"))));
}
