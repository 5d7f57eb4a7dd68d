using ChatKit.Gateway.Errors;

namespace ChatKit.Gateway.Providers.Translation;

/// <summary>The errors of a call that cannot be translated into a provider's dialect. They name the member at fault, as OpenAI's own do.</summary>
internal static class ChatRefusals
{
    /// <summary>The member is not what the client's dialect promises.</summary>
    public static GatewayError Invalid(string param, string message) => new(400, "invalid_request_error", message, param);

    /// <summary>The provider has no such parameter: LiteLLM's UnsupportedParamsError.</summary>
    public static GatewayError UnsupportedParameter(string param, string provider) =>
        new(400, "invalid_request_error", $"Unsupported parameter: '{param}' cannot be carried to {provider}. Leave it out, or choose another model.", param)
        {
            Code = "unsupported_parameter",
        };

    /// <summary>The provider has the parameter, but not this value.</summary>
    public static GatewayError UnsupportedValue(string param, string message) => new(400, "invalid_request_error", message, param) { Code = "unsupported_value" };
}
