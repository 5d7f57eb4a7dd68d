using System.Buffers;
using System.Text.Json;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Wire.Gemini;

/// <summary>The error of Google's APIs (https://cloud.google.com/apis/design/errors); its status word follows from the number.</summary>
internal static class GeminiErrorWriter
{
    public static void Write(IBufferWriter<byte> output, int status, string message)
    {
        using var writer = new Utf8JsonWriter(output, JsonText.Plain);
        writer.WriteStartObject();
        writer.WriteStartObject("error"u8);
        writer.WriteNumber("code"u8, status);
        writer.WriteString("message"u8, message);
        writer.WriteString("status"u8, WordOf(status));
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static string WordOf(int status) => status switch
    {
        401 => "UNAUTHENTICATED",
        403 => "PERMISSION_DENIED",
        404 => "NOT_FOUND",
        409 => "ABORTED",
        429 => "RESOURCE_EXHAUSTED",
        501 => "UNIMPLEMENTED",
        503 => "UNAVAILABLE",
        408 or 504 => "DEADLINE_EXCEEDED",
        >= 400 and < 500 => "INVALID_ARGUMENT",
        _ => "INTERNAL",
    };
}
