using ChatKit.Gateway.Endpoints.Administration;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Pipeline.PassThrough;
using ChatKit.Gateway.Providers;

namespace ChatKit.Gateway.Endpoints;

/// <summary>
/// <c>/anthropic/…</c>, <c>/openai/…</c> and the rest: any method, any path below. A path that the gateway serves by itself
/// (<c>/openai/deployments/{model}/chat/completions</c>) is more specific and wins.
/// </summary>
internal static class PassThroughEndpoints
{
    public static void MapPassThrough(this IEndpointRouteBuilder routes)
    {
        var pipeline = routes.ServiceProvider.GetRequiredService<PassThroughPipeline>();
        foreach (var api in ProviderRows.All.Select(static row => row.PassThrough).OfType<PassThroughRow>())
            routes.Map($"/{api.Prefix}/{{**path}}", http => pipeline.RunAsync(http, api.Prefix)).WithMetadata(RouteAccess.Models);
    }
}
