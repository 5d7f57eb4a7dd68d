using ChatKit.Gateway.Endpoints.Administration;

namespace ChatKit.Gateway.Endpoints;

/// <summary>What somebody sees who opens the gateway's address in a browser: that it runs, and what to do with it. Clients (Claude Code) ask with HEAD whether anybody is there.</summary>
internal static class WelcomePage
{
    public static void MapWelcomePage(this IEndpointRouteBuilder routes) => routes.MapMethods("/", ["GET", "HEAD"], static http =>
    {
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";
        http.Response.ContentType = "text/html; charset=utf-8";
        return http.Response.WriteAsync(Html);
    }).WithMetadata(RouteAccess.Public);

    private const string Html =
        """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>ChatKit Gateway</title>
        <style>
          :root { color-scheme: light dark; font: 16px/1.6 system-ui, sans-serif; }
          body { max-width: 40rem; margin: 4rem auto; padding: 0 1.5rem; }
          pre { overflow-x: auto; padding: 1rem; border: 1px solid color-mix(in srgb, currentColor 25%, transparent); border-radius: .5rem; }
        </style>
        <h1>The gateway is running</h1>
        <p>It speaks OpenAI's API. Point any client at this address, with the gateway's key where one is set:</p>
        <pre>curl -H "Authorization: Bearer $LITELLM_API_KEY" -H "Content-Type: application/json" \
          -d '{"model": "MODEL", "messages": [{"role": "user", "content": "Hello"}]}' \
          http://127.0.0.1:4000/v1/chat/completions</pre>
        <ul>
          <li><a href="/v1/models">/v1/models</a>: what MODEL can be</li>
          <li><a href="/health/readiness">/health/readiness</a>: whether the gateway is ready</li>
          <li><a href="/health">/health</a>: whether each model answers; this calls every one of them</li>
        </ul>
        </html>
        """;
}
