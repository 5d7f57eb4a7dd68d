using System.Globalization;
using ChatKit.Gateway.Errors;

namespace ChatKit.Gateway.Telemetry;

/// <summary>The value of <c>error.type</c>: a few fixed words and status codes, so that it may label a metric.</summary>
internal static class ErrorTypes
{
    /// <summary>Null where there is no error.</summary>
    public static string? Of(GatewayError? error) => error?.Origin switch
    {
        null => null,
        ErrorOrigin.ClientLeft => "client_disconnected",
        ErrorOrigin.Superseded => "superseded",
        ErrorOrigin.Timeout => "timeout",
        ErrorOrigin.UpstreamTransport => "connection_error",
        _ => error.Status.ToString(CultureInfo.InvariantCulture),
    };
}
