using ChatKit.Gateway.Errors;

namespace ChatKit.Gateway.Model;

/// <summary>
/// A number for each of LiteLLM's classes of errors, as <c>retry_policy</c> and <c>allowed_fails_policy</c> give it
/// (https://docs.litellm.ai/docs/routing#advanced-custom-retries-cooldowns-based-on-error-type); null where the policy says nothing.
/// </summary>
internal sealed record ErrorClassCounts(
    int? BadRequest, int? Authentication, int? Timeout, int? RateLimit, int? ContentPolicyViolation, int? InternalServer)
{
    /// <summary>The classes, as configurations name them.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["BadRequestError", "AuthenticationError", "TimeoutError", "RateLimitError", "ContentPolicyViolationError", "InternalServerError"];

    /// <summary>The number for this error. A content-policy violation is a bad request where nothing is said of it by name.</summary>
    public int? For(GatewayError error) => ErrorClass.Of(error) switch
    {
        "ContentPolicyViolationError" => ContentPolicyViolation ?? BadRequest,
        "BadRequestError" or "ContextWindowExceededError" or "UnprocessableEntityError" => BadRequest,
        "AuthenticationError" => Authentication,
        "Timeout" => Timeout,
        "RateLimitError" => RateLimit,
        "InternalServerError" or "BadGatewayError" or "ServiceUnavailableError" or "APIConnectionError" => InternalServer,
        _ => null,
    };
}
