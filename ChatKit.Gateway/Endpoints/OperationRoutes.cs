using ChatKit.Gateway.Endpoints.Administration;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Pipeline;

namespace ChatKit.Gateway.Endpoints;

/// <summary>One operation under every path by which OpenAI's, Azure's and LiteLLM's clients know it; the last two may name the model in the path.</summary>
internal static class OperationRoutes
{
    private const string Model = "model";

    /// <summary>The operation below one prefix.</summary>
    public static void MapOperation(this IEndpointRouteBuilder routes, Operation operation, string prefix)
    {
        var pipeline = routes.ServiceProvider.GetRequiredService<GatewayPipeline>();
        routes.MapPost($"{prefix}/{operation.Path}", http => pipeline.RunAsync(http, operation, modelOfPath: null)).WithMetadata(RouteAccess.Models);
    }

    public static void MapOperation(this IEndpointRouteBuilder routes, Operation operation)
    {
        var pipeline = routes.ServiceProvider.GetRequiredService<GatewayPipeline>();
        foreach (var prefix in (string[])["", "/v1"])
        {
            routes.MapOperation(operation, prefix);
            foreach (var owner in (string[])["engines", "openai/deployments"])
                routes.MapPost($"{prefix}/{owner}/{{{Model}}}/{operation.Path}", http => pipeline.RunAsync(http, operation, http.Request.RouteValues[Model] as string)).WithMetadata(RouteAccess.Models);
        }
    }
}
