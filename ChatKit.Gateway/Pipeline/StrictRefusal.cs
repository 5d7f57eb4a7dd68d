using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Pipeline;

/// <summary>The error of a deployment that is configured to lose nothing (<c>strict: true</c>), for a call that it could not carry whole.</summary>
internal static class StrictRefusal
{
    public static GatewayError Of(Deployment deployment, IReadOnlyList<string> losses) => new(
        400,
        "invalid_request_error",
        $"{deployment.Provider} cannot be told: {string.Join(", ", losses)}. The deployment is strict; leave these out, or choose another model.",
        losses[0])
    {
        Code = "unsupported_parameter",
    };
}
