using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Endpoints;

/// <summary><c>POST /v1/chat/completions</c>.</summary>
internal static class ChatCompletionsEndpoints
{
    public static void MapChatCompletions(this IEndpointRouteBuilder routes) => routes.MapOperation(Operation.Chat);
}
