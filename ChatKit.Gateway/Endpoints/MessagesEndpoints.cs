using ChatKit.Gateway.Endpoints.Administration;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Pipeline;

namespace ChatKit.Gateway.Endpoints;

/// <summary><c>POST /v1/messages</c> and <c>/v1/messages/count_tokens</c>, as Anthropic's clients know them; some put <c>?beta=true</c> behind.</summary>
internal static class MessagesEndpoints
{
    public static void MapMessages(this IEndpointRouteBuilder routes)
    {
        var pipeline = routes.ServiceProvider.GetRequiredService<GatewayPipeline>();
        routes.MapPost("/v1/messages", http => pipeline.RunAsync(http, Operation.Messages, modelOfPath: null)).WithMetadata(RouteAccess.Models);
        routes.MapPost("/v1/messages/count_tokens", http => pipeline.RunAsync(http, Operation.CountTokens, modelOfPath: null)).WithMetadata(RouteAccess.Models);
    }
}
