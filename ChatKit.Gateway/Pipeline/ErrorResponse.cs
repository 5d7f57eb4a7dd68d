using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Wire;
using ChatKit.Gateway.Wire.Anthropic;
using ChatKit.Gateway.Wire.Gemini;
using ChatKit.Gateway.Wire.OpenAi;
using ChatKit.Gateway.Wire.Sse;

namespace ChatKit.Gateway.Pipeline;

/// <summary>An error in the client's own dialect: as the whole answer, or as the event that ends a stream.</summary>
internal static class ErrorResponse
{
    public static ValueTask WriteAsync(HttpContext http, GatewayError error, ClientDialect dialect = ClientDialect.OpenAi, string? callId = null) =>
        WriteAsync(http, error, dialect, callId, http.Response.BodyWriter);

    /// <summary>Past whoever watches the answer.</summary>
    public static async ValueTask WriteAsync(HttpContext http, GatewayError error, ClientDialect dialect, string? callId, PipeWriter client)
    {
        if (error.Origin is ErrorOrigin.ClientLeft || http.RequestAborted.IsCancellationRequested) return;
        var response = http.Response;
        response.StatusCode = error.Status;
        response.ContentType = "application/json";
        if (callId is not null) response.Headers[CallId.Header] = callId;
        if (error.RetryAfter is { } wait) response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        foreach (var (name, value) in error.Headers) response.Headers[name] = value;
        ProviderHeaders.Forward(response.Headers, error.ProviderHeaders);
        Write(client, error, dialect);
        await client.FlushAsync();
    }

    /// <summary>Ends a stream that has begun. Nobody is told where the client is gone.</summary>
    public static void WriteEvent(IBufferWriter<byte> client, GatewayError error, ClientDialect dialect)
    {
        if (error.Origin is ErrorOrigin.ClientLeft) return;
        using var body = new PooledBuffer(512);
        if (dialect is ClientDialect.Responses) ErrorWire.WriteEvent(body, error.Message, error.Type, error.Param, CodeOf(error));
        else Write(body, error, dialect);
        if (dialect is ClientDialect.Anthropic or ClientDialect.Responses) client.Write("event: error\n"u8);
        // Google breaks into its own stream with the bare object, which is what its SDKs look for.
        if (dialect is ClientDialect.Gemini) client.Write(body.WrittenSpan);
        else SseWriter.WriteData(client, body.WrittenSpan);
    }

    private static void Write(IBufferWriter<byte> output, GatewayError error, ClientDialect dialect)
    {
        switch (dialect)
        {
            case ClientDialect.Anthropic:
                MessagesErrorWriter.Write(output, error.Status, error.Message, error.Details);
                break;
            case ClientDialect.Gemini:
                GeminiErrorWriter.Write(output, error.Status, error.Message);
                break;
            default:
                ErrorWire.Write(output, error.Message, error.Type, error.Param, CodeOf(error));
                break;
        }
    }

    private static string CodeOf(GatewayError error) => error.Code ?? error.Status.ToString(CultureInfo.InvariantCulture);
}
