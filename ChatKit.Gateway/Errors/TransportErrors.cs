namespace ChatKit.Gateway.Errors;

/// <summary>What went wrong on the way to a provider, in words that name neither hosts nor internals.</summary>
internal static class TransportErrors
{
    /// <summary>True for the exceptions by which HttpClient reports what networks do.</summary>
    public static bool IsTransport(Exception exception) => exception is HttpRequestException or IOException or InvalidDataException or OperationCanceledException;

    public static GatewayError From(Exception exception) => Broken(exception switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "its host name cannot be resolved",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "the TLS handshake failed",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => "the connection was refused or lost",
        HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } => "the HTTP proxy on the way refused the connection",
        HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse } => "the answer is not HTTP as it should be",
        UnknownCodingException => "the answer is compressed in a way that was not asked for and cannot be read",
        InvalidDataException => "the answer is not framed as its dialect promises",
        // The time limits of a call cancel with their own reason; what else is cancelled is HttpClient's limit for connecting.
        OperationCanceledException => "no connection could be made in time",
        _ => "the connection was cut before the answer was complete",
    });

    /// <summary>The stream ended in good order, but before the dialect's last event.</summary>
    public static GatewayError EndedEarly { get; } = Broken("the stream ended before the answer was complete");

    /// <summary>The stream came to its terminal without any content, and without a reason for having none.</summary>
    public static GatewayError Empty { get; } = Broken("the stream ended without any content");

    /// <summary>An answer beyond what is held in memory.</summary>
    public static GatewayError TooLarge { get; } = Broken("the answer is larger than the limit");

    /// <summary>A redirect, which is followed nowhere: it would carry the key to another host.</summary>
    public static GatewayError Redirected { get; } = Broken("it answered with a redirect, which is not followed");

    /// <summary>The provider ignored <c>stream: true</c>.</summary>
    public static GatewayError NotStreamed { get; } = Broken("it answered a streamed call with one document");

    private static GatewayError Broken(string what) =>
        new(502, "api_connection_error", $"The provider could not be used: {what}.") { Origin = ErrorOrigin.UpstreamTransport };
}
