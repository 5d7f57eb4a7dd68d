using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Pipeline;

namespace ChatKit.Gateway.Endpoints;

/// <summary>What no route serves, in OpenAI's shape: an unknown path, and a known one with the wrong method.</summary>
internal static class UnroutedRequests
{
    public static void UseUnroutedRequests(this IApplicationBuilder app) => app.Use(static (HttpContext http, RequestDelegate next) => http.GetEndpoint() switch
    {
        null => ErrorResponse.WriteAsync(http, NotFound(http.Request)).AsTask(),
        RouteEndpoint => next(http),
        // Routing's own answer where a path is served, but not so: it sets the status and Allow.
        { RequestDelegate: { } refuse } => RefuseAsync(http, refuse),
        _ => next(http),
    });

    private static async Task RefuseAsync(HttpContext http, RequestDelegate refuse)
    {
        await refuse(http);
        await ErrorResponse.WriteAsync(http, new GatewayError(http.Response.StatusCode, "invalid_request_error", $"Not allowed to {http.Request.Method} on {http.Request.Path}."));
    }

    private static GatewayError NotFound(HttpRequest request) => new(StatusCodes.Status404NotFound, "invalid_request_error", $"Invalid URL ({request.Method} {request.Path}).");
}
