using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace ChatKit.ServiceDefaults.Telemetry;

/// <summary>
/// Completes the server span that ASP.NET Core opens for a request, as https://opentelemetry.io/docs/specs/semconv/http/http-spans/ asks: a name
/// made of method and route, the status, the error. Health probes are not recorded.
/// </summary>
internal sealed class ServerSpanFilter : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(CompleteAsync);
        next(app);
    };

    private static async Task CompleteAsync(HttpContext context, RequestDelegate next)
    {
        var span = context.Features.Get<IHttpActivityFeature>()?.Activity;
        if (span is not { IsAllDataRequested: true })
        {
            await next(context);
            return;
        }

        if (context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal))
        {
            span.IsAllDataRequested = false;
            span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }

        try
        {
            await next(context);
            Complete(span, context, context.Response.StatusCode, error: null);
        }
        catch (Exception exception) when (!context.RequestAborted.IsCancellationRequested)
        {
            Complete(span, context, StatusCodes.Status500InternalServerError, exception.GetType().FullName);
            throw;
        }
    }

    private static void Complete(Activity span, HttpContext context, int status, string? error)
    {
        // The platform's tag: an invented method became _OTHER there, so that clients cannot make up span names.
        var method = span.GetTagItem("http.request.method") as string is { } known and not "_OTHER" ? known : "HTTP";
        if (context.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } route })
        {
            span.DisplayName = $"{method} {route}";
            span.SetTag("http.route", route);
        }
        else
        {
            span.DisplayName = method;
        }

        span.SetTag("http.response.status_code", status);
        if (error is not null || status >= StatusCodes.Status500InternalServerError)
        {
            span.SetTag("error.type", error ?? status.ToString(CultureInfo.InvariantCulture));
            span.SetStatus(ActivityStatusCode.Error);
        }
    }
}
