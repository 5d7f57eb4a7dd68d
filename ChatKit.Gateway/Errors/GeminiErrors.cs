using System.Globalization;
using System.Text.Json;
using ChatKit.Gateway.Wire.Gemini;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Errors;

/// <summary>Google's errors (https://ai.google.dev/gemini-api/docs/troubleshooting, https://cloud.google.com/apis/design/errors), from an error answer or from inside a stream.</summary>
internal static class GeminiErrors
{
    /// <summary>An answer that is not what the dialect promises.</summary>
    public static GatewayError Broken(string message) => new(502, "api_error", message) { Origin = ErrorOrigin.UpstreamTransport };

    /// <summary>The answer to a call, where its status was not a success; an array of one where a stream was asked for.</summary>
    public static GatewayError FromAnswer(int status, ReadOnlySpan<byte> body) =>
        Read(body) is { Message: { Length: > 0 } } error
            ? Error(UpstreamStatus.Standard(status), error)
            : new GatewayError(UpstreamStatus.Standard(status), "api_error", $"The provider answered {status} without an error message.") { Origin = ErrorOrigin.UpstreamStatus };

    /// <summary>An error inside a success: it names the status that it would have had as an answer.</summary>
    public static GatewayError Inside(GeminiError error) => Error(UpstreamStatus.Standard(error.Code is >= 400 and < 600 ? error.Code.Value : 500), error);

    /// <summary>The same from the bytes that it stands in.</summary>
    public static GatewayError Inside(ReadOnlySpan<byte> json) => Read(json) is { } error ? Inside(error) : Broken("The provider reported an error without a message.");

    private static GatewayError Error(int status, GeminiError error)
    {
        // A wrong key is a bad request to Google; to everybody else it is 401.
        if (status == 400 && error.Details?.Any(static detail => detail?.Reason is "API_KEY_INVALID") is true) status = 401;
        return new GatewayError(status, error.Status ?? "api_error", ErrorWire.Shorten(error.Message ?? "The provider reported an error without a message."))
        {
            Code = ContextWindow.IsExceeded(error.Message) ? "context_length_exceeded" : IsPolicy(error.Message) ? "content_policy_violation" : null,
            RetryAfter = error.Details?.Select(static detail => Seconds(detail?.RetryDelay)).FirstOrDefault(static wait => wait is not null),
            Origin = ErrorOrigin.UpstreamStatus,
        };
    }

    private static bool IsPolicy(string? message) =>
        message is not null && (message.Contains("response was blocked", StringComparison.OrdinalIgnoreCase) || message.Contains("prompt was blocked", StringComparison.OrdinalIgnoreCase));

    /// <summary>A duration as protobuf writes it: <c>26s</c>, <c>3.5s</c> (https://protobuf.dev/programming-guides/json/).</summary>
    private static TimeSpan? Seconds(string? duration) =>
        duration is [.. var number, 's'] && double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds < 1e9
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private static GeminiError? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            return body.TrimStart(" \r\n\t"u8) is [(byte)'[', ..]
                ? JsonUnicode.Read(body, GeminiJson.Default.GeminiErrorAnswerArray) is [var first, ..] ? first?.Error : null
                : JsonUnicode.Read(body, GeminiJson.Default.GeminiErrorAnswer)?.Error;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
