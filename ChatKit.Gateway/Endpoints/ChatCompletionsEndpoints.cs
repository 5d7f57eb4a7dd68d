using ChatKit.Gateway.Model;
using ChatKit.Gateway.Pipeline;

namespace ChatKit.Gateway.Endpoints;

/// <summary><c>POST /v1/chat/completions</c> under every path by which OpenAI's, Azure's and LiteLLM's clients know it.</summary>
internal static class ChatCompletionsEndpoints
{
    private const string Model = "model";

    public static void MapChatCompletions(this IEndpointRouteBuilder routes)
    {
        var pipeline = routes.ServiceProvider.GetRequiredService<GatewayPipeline>();
        foreach (var prefix in (string[])["", "/v1"])
        {
            routes.MapPost($"{prefix}/chat/completions", http => pipeline.RunAsync(http, Operation.Chat, modelOfPath: null));
            foreach (var owner in (string[])["engines", "openai/deployments"])
                routes.MapPost($"{prefix}/{owner}/{{{Model}}}/chat/completions", http => pipeline.RunAsync(http, Operation.Chat, http.Request.RouteValues[Model] as string));
        }
    }
}
