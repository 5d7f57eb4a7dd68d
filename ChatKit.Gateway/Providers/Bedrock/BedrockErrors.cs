using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.Bedrock;

/// <summary>
/// Bedrock's errors, as an answer or as an exception that ends a stream (https://docs.aws.amazon.com/bedrock/latest/APIReference/CommonErrors.html and the errors
/// of https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html).
/// </summary>
internal static class BedrockErrors
{
    /// <summary>An answer that is not what the dialect promises.</summary>
    public static GatewayError Broken(string message) => new(502, "api_error", message) { Origin = ErrorOrigin.UpstreamTransport };

    /// <summary>The answer to a call, where its status was not a success.</summary>
    public static GatewayError FromAnswer(int status, ReadOnlySpan<byte> body) => Read(body) is { } fault && TextOf(fault) is { } message
        ? Error(UpstreamStatus.Standard(Original(fault) ?? status), TypeOf(fault), message)
        : new GatewayError(UpstreamStatus.Standard(status), "api_error", $"The provider answered {status} without an error message.") { Origin = ErrorOrigin.UpstreamStatus };

    /// <summary>True for what an event is called that reports an exception.</summary>
    public static bool IsException(string eventType) => eventType.EndsWith("Exception", StringComparison.Ordinal) || eventType.EndsWith("Error", StringComparison.Ordinal);

    /// <summary>An exception in a stream: the status that it would have had as an answer.</summary>
    public static GatewayError Inside(string exception, ReadOnlySpan<byte> payload)
    {
        var fault = Read(payload);
        var status = exception switch
        {
            "validationException" => 400,
            "accessDeniedException" => 403,
            "resourceNotFoundException" => 404,
            "modelTimeoutException" => 408,
            "throttlingException" => 429,
            "modelStreamErrorException" => Original(fault) ?? 424,
            "serviceUnavailableException" => 503,
            _ => 500,
        };
        return Error(UpstreamStatus.Standard(status), char.ToUpperInvariant(exception[0]) + exception[1..], TextOf(fault) ?? "The provider reported an error without a message.");
    }

    private static GatewayError Error(int status, string type, string message) => new(status, type, ErrorWire.Shorten(message))
    {
        Code = RecognisedCode.Of(null, type, message),
        Origin = ErrorOrigin.UpstreamStatus,
    };

    /// <summary>The model's own failure decides whether another attempt may help; Bedrock itself calls all of them 424.</summary>
    private static int? Original(BedrockFault? fault) => fault?.OriginalStatusCode is >= 500 and < 600 and var status ? status : null;

    private static string? TextOf(BedrockFault? fault) => fault switch
    {
        { Message: { Length: > 0 } message, OriginalMessage: { Length: > 0 } original } when original != message => $"{message} ({original})",
        { Message: { Length: > 0 } message } => message,
        { CapitalMessage: { Length: > 0 } message } => message,
        { OriginalMessage: { Length: > 0 } message } => message,
        _ => null,
    };

    /// <summary><c>com.amazon.coral.service#ThrottlingException:http://…</c> → <c>ThrottlingException</c></summary>
    private static string TypeOf(BedrockFault fault) => fault.Type is { Length: > 0 } type ? type.Split('#')[^1].Split(':')[0] : "api_error";

    private static BedrockFault? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonUnicode.Read(body, BedrockJson.Default.BedrockFault);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
