using System.Text.Json;
using ChatKit.Gateway.Wire.Anthropic;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Errors;

/// <summary>Anthropic's errors (https://platform.claude.com/docs/en/api/errors), from an error answer or from inside a stream.</summary>
internal static class AnthropicErrors
{
    /// <summary>An answer that is not what the dialect promises.</summary>
    public static GatewayError Broken(string message) => new(502, "api_error", message) { Origin = ErrorOrigin.UpstreamTransport };

    /// <summary>The answer to a call, where its status was not a success.</summary>
    public static GatewayError FromAnswer(int status, ReadOnlySpan<byte> body) =>
        Read(body) is { Message: { Length: > 0 } } error
            ? Error(UpstreamStatus.Standard(status), error)
            : new GatewayError(UpstreamStatus.Standard(status), "api_error", $"The provider answered {status} without an error message.") { Origin = ErrorOrigin.UpstreamStatus };

    /// <summary>An error inside a success: the status that the same error would have had as an answer.</summary>
    public static GatewayError Inside(MessagesError? error) => Error(
        error?.Type switch
        {
            "invalid_request_error" => 400,
            "authentication_error" => 401,
            "billing_error" => 402,
            "permission_error" => 403,
            "not_found_error" => 404,
            "request_too_large" => 413,
            "rate_limit_error" => 429,
            "overloaded_error" => 503,
            "timeout_error" => 504,
            _ => 500,
        },
        error);

    private static GatewayError Error(int status, MessagesError? error) =>
        new(status, error?.Type ?? "api_error", ErrorWire.Shorten(error?.Message ?? "The provider reported an error without a message."))
        {
            Code = RecognisedCode.Of(null, null, error?.Message),
            Details = error?.Details is { ValueKind: JsonValueKind.Object } details ? details : null,
            Origin = ErrorOrigin.UpstreamStatus,
        };

    private static MessagesError? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonUnicode.Read(body, AnthropicJson.Default.MessagesErrorAnswer)?.Error;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
