using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Pipeline;

namespace ChatKit.Gateway.Endpoints;

/// <summary>A bug of ours, which the log tells in full and the client only as what it is.</summary>
internal static class UnexpectedErrors
{
    private static readonly GatewayError Internal = new(500, "internal_server_error", "The gateway failed unexpectedly; its log says how.");

    public static void UseUnexpectedErrors(this IApplicationBuilder app) => app.UseExceptionHandler(new ExceptionHandlerOptions
    {
        ExceptionHandler = static http => ErrorResponse.WriteAsync(http, Internal).AsTask(),
    });
}
