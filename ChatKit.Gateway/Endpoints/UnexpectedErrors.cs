using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Pipeline;

namespace ChatKit.Gateway.Endpoints;

/// <summary>The last resort: an exception that nobody expected is logged whole, and answered in the shape of every other error.</summary>
internal static class UnexpectedErrors
{
    public static void UseUnexpectedErrors(this IApplicationBuilder app) => app.UseExceptionHandler(new ExceptionHandlerOptions
    {
        ExceptionHandler = static http => ErrorResponse.WriteAsync(http, GatewayError.Unexpected).AsTask(),
    });
}
