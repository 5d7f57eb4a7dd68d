using System.Globalization;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Errors;

/// <summary>The errors of providers that speak OpenAI's dialect (https://platform.openai.com/docs/guides/error-codes), more or less faithfully.</summary>
internal static class OpenAiErrors
{
    /// <summary>An answer that is not what the dialect promises.</summary>
    public static GatewayError Broken(string message) => new(502, "api_error", message) { Origin = ErrorOrigin.UpstreamTransport };

    /// <summary>The answer to a call, where its status was not a success.</summary>
    public static GatewayError FromAnswer(int status, ReadOnlyMemory<byte> body) => ErrorWire.Read(body) is { } error
        ? Error(UpstreamStatus.Standard(status), error)
        : new GatewayError(UpstreamStatus.Standard(status), "api_error", $"The provider answered {status} without an error message.") { Origin = ErrorOrigin.UpstreamStatus };

    /// <summary>An error inside a success, plain or streamed: the status that the same error would have had as an answer.</summary>
    public static GatewayError Inside(ReadOnlyMemory<byte> body) => ErrorWire.Read(body) is { } error
        ? Error(StatusOf(error), error)
        : Broken("The provider reported an error without a message.");

    private static GatewayError Error(int status, ErrorWire error) => new(status, error.Type ?? "api_error", error.Message, error.Param)
    {
        Code = RecognisedCode.Of(error.Code, error.Type, error.Message),
        Origin = ErrorOrigin.UpstreamStatus,
    };

    private static int StatusOf(ErrorWire error) =>
        int.TryParse(error.Code, NumberStyles.None, CultureInfo.InvariantCulture, out var status) && status is >= 400 and < 600
            ? UpstreamStatus.Standard(status)
            : (error.Code ?? error.Type) switch
            {
                "context_length_exceeded" or "content_filter" or "invalid_request_error" or "invalid_prompt" => 400,
                "invalid_api_key" or "authentication_error" => 401,
                "model_not_found" => 404,
                "rate_limit_exceeded" or "rate_limit_error" or "insufficient_quota" => 429,
                "overloaded_error" => 503,
                _ => 500,
            };
}
