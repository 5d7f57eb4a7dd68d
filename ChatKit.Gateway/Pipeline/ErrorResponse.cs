using System.Globalization;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Pipeline;

/// <summary>An error as the whole answer, in OpenAI's shape.</summary>
internal static class ErrorResponse
{
    public static async ValueTask WriteAsync(HttpContext http, GatewayError error, string? callId = null)
    {
        if (error.Origin is ErrorOrigin.ClientLeft || http.RequestAborted.IsCancellationRequested) return;
        var response = http.Response;
        response.StatusCode = error.Status;
        response.ContentType = "application/json";
        if (callId is not null) response.Headers[CallId.Header] = callId;
        if (error.RetryAfter is { } wait) response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        ProviderHeaders.Forward(response.Headers, error.ProviderHeaders);
        Write(response.BodyWriter, error);
        await response.BodyWriter.FlushAsync();
    }

    /// <summary>The error body: as an answer or, framed, as the event that ends a stream.</summary>
    public static void Write(System.Buffers.IBufferWriter<byte> output, GatewayError error) => ErrorWire.Write(
        output, error.Message, error.Type, error.Param, error.Code ?? error.Status.ToString(CultureInfo.InvariantCulture));
}
