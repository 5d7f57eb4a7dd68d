using ChatKit.Gateway.Endpoints.Administration;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Pipeline;

namespace ChatKit.Gateway.Endpoints;

/// <summary>
/// Google's API for its SDKs (https://ai.google.dev/api): <c>POST /v1beta/models/{model}:{method}</c>, the same below <c>/v1</c>. The key may come in
/// <c>?key=</c>, and a stream is an array of JSON unless the address says <c>alt=sse</c>.
/// </summary>
internal static class GenerateContentEndpoints
{
    private const string Target = "target";

    public static void MapGenerateContent(this IEndpointRouteBuilder routes)
    {
        var pipeline = routes.ServiceProvider.GetRequiredService<GatewayPipeline>();
        // Names of models hold slashes, which clients send bare or escaped.
        foreach (var prefix in (string[])["/v1beta", "/v1"]) routes.MapPost($"{prefix}/models/{{**{Target}}}", http => ServeAsync(http, pipeline)).WithMetadata(RouteAccess.Models);
    }

    private static async Task ServeAsync(HttpContext http, GatewayPipeline pipeline)
    {
        var target = Uri.UnescapeDataString(http.Request.RouteValues[Target] as string ?? "");
        var colon = target.LastIndexOf(':');
        if (colon <= 0 || OperationOf(target[(colon + 1)..]) is not { } operation)
        {
            await ErrorResponse.WriteAsync(http, NotFound(http.Request), ClientDialect.Gemini);
            return;
        }

        TakeKey(http.Request);
        if (operation != Operation.StreamGenerateContent || http.Request.Query["alt"] == "sse")
        {
            await pipeline.RunAsync(http, operation, target[..colon]);
            return;
        }

        await using var array = new JsonArrayBody(http.Response);
        http.Response.Body = array;
        await pipeline.RunAsync(http, operation, target[..colon]);
        await array.CloseAsync();
    }

    private static Operation? OperationOf(string method) => method switch
    {
        "generateContent" => Operation.GenerateContent,
        "streamGenerateContent" => Operation.StreamGenerateContent,
        "countTokens" => Operation.CountContentTokens,
        _ => null,
    };

    /// <summary>A key in the address counts as the header that says the same.</summary>
    private static void TakeKey(HttpRequest request)
    {
        const string Header = "x-goog-api-key";
        if (request.Query["key"] is [{ Length: > 0 } key] && !request.Headers.ContainsKey(Header)) request.Headers[Header] = key;
    }

    private static GatewayError NotFound(HttpRequest request) =>
        new(StatusCodes.Status404NotFound, "not_found_error", $"Not found: {request.Path}. A model's methods here are :generateContent, :streamGenerateContent and :countTokens.");
}
