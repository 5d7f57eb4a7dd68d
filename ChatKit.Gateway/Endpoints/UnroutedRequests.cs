using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Pipeline;
using ChatKit.Gateway.Pipeline.PassThrough;

namespace ChatKit.Gateway.Endpoints;

/// <summary>What no route serves, in OpenAI's shape: an unknown path, and a known one with the wrong method.</summary>
internal static class UnroutedRequests
{
    public static void UseUnroutedRequests(this IApplicationBuilder app)
    {
        var passThrough = app.ApplicationServices.GetRequiredService<PassThroughPipeline>();
        app.Use((http, next) => ServeAsync(http, next, passThrough));
    }

    private static Task ServeAsync(HttpContext http, RequestDelegate next, PassThroughPipeline passThrough) => http.GetEndpoint() switch
    {
        null => PassOrRefuseAsync(http, passThrough),
        RouteEndpoint => next(http),
        // Routing's own answer where a path is served, but not so: it sets the status and Allow.
        { RequestDelegate: { } refuse } => RefuseAsync(http, refuse),
        _ => next(http),
    };

    /// <summary>A path that the configuration leads elsewhere, as it does from one reload to the next, is no route and yet served.</summary>
    private static async Task PassOrRefuseAsync(HttpContext http, PassThroughPipeline passThrough)
    {
        if (!await passThrough.TryRunAsync(http)) await ErrorResponse.WriteAsync(http, NotFound(http.Request));
    }

    private static async Task RefuseAsync(HttpContext http, RequestDelegate refuse)
    {
        await refuse(http);
        await ErrorResponse.WriteAsync(http, new GatewayError(http.Response.StatusCode, "invalid_request_error", $"Not allowed to {http.Request.Method} on {http.Request.Path}."));
    }

    private static GatewayError NotFound(HttpRequest request) => new(StatusCodes.Status404NotFound, "invalid_request_error", $"Invalid URL ({request.Method} {request.Path}).");
}
