using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Pipeline;
using ChatKit.Gateway.Tokens;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.LiteLlm;
using Microsoft.AspNetCore.Http.Features;

namespace ChatKit.Gateway.Endpoints;

/// <summary>
/// LiteLLM's <c>POST /utils/token_counter</c>: how many tokens a <c>prompt</c>, <c>messages</c> or <c>contents</c> (with <c>tools</c>) are to a model. Nobody
/// is called; for models of OpenAI the count is theirs, for others an estimate.
/// </summary>
internal static class TokenCounterEndpoints
{
    private static readonly string[] Inputs = ["prompt", "messages", "contents"];
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = JsonLimits.MaxDepth };

    public static void MapTokenCounter(this IEndpointRouteBuilder routes) => routes.MapKeyedPost("/utils/token_counter", CountAsync);

    private static async Task CountAsync(HttpContext http, GatewaySnapshot snapshot, Caller caller)
    {
        http.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = snapshot.Settings.MaxRequestBytes;
        try
        {
            using var request = await JsonDocument.ParseAsync(http.Request.Body, Options, http.RequestAborted);
            if (Refuse(request.RootElement, out var model) is { } refused)
            {
                await ErrorResponse.WriteAsync(http, refused);
                return;
            }

            var upstream = snapshot.Resolve(model) is { } match ? match.UpstreamModel(match.Group.Candidates[0]) : model;
            var answer = new TokenCountWire(RequestTokens.Count(request.RootElement, upstream), model, upstream, "openai_tokenizer");
            await http.Response.WriteAsJsonAsync(answer, TokenCountJson.Default.TokenCountWire);
        }
        catch (JsonException)
        {
            await ErrorResponse.WriteAsync(http, Invalid("The request body is not valid JSON.", "request_body"));
        }
        catch (BadHttpRequestException broken)
        {
            await ErrorResponse.WriteAsync(http, Invalid("The request body could not be read.", "request_body") with { Status = broken.StatusCode });
        }
    }

    private static GatewayError? Refuse(JsonElement request, out string model)
    {
        model = "";
        if (request.ValueKind is not JsonValueKind.Object) return Invalid("The request body is not a JSON object.", "request_body");
        if (!request.TryGetProperty("model", out var named) || named.ValueKind is not JsonValueKind.String) return Invalid("Missing required parameter: 'model'.", "model");
        model = MessageTokens.Text(named);
        return Array.Exists(Inputs, input => request.TryGetProperty(input, out _)) ? null : Invalid("Missing required parameter: 'prompt', 'messages' or 'contents'.", "messages");
    }

    private static GatewayError Invalid(string message, string param) => new(400, "invalid_request_error", message, param);
}
