namespace ChatKit.Gateway.Errors;

/// <summary>
/// LiteLLM's names for kinds of errors (https://docs.litellm.ai/docs/exception_mapping). They begin the message of every error that is not the client's
/// own, so that a provider's 401 does not read as if the caller's key were wrong; programs written for LiteLLM look for them.
/// </summary>
internal static class ErrorClass
{
    public static string Of(GatewayError error) => error switch
    {
        { Origin: ErrorOrigin.Timeout } => "Timeout",
        { Origin: ErrorOrigin.UpstreamTransport } => "APIConnectionError",
        { IsContextWindow: true } => "ContextWindowExceededError",
        { IsContentPolicy: true } => "ContentPolicyViolationError",
        _ => error.Status switch
        {
            401 => "AuthenticationError",
            403 => "PermissionDeniedError",
            404 => "NotFoundError",
            408 => "Timeout",
            422 => "UnprocessableEntityError",
            429 => "RateLimitError",
            502 => "BadGatewayError",
            503 => "ServiceUnavailableError",
            >= 500 => "InternalServerError",
            _ => "BadRequestError",
        },
    };
}
