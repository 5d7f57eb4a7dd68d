using System.Buffers;
using System.Text.Json;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Wire.Anthropic;

/// <summary>The error of Anthropic's dialect (https://platform.claude.com/docs/en/api/errors); its type follows from the status.</summary>
internal static class MessagesErrorWriter
{
    public static void Write(IBufferWriter<byte> output, int status, string message, JsonElement? details = null)
    {
        using var writer = new Utf8JsonWriter(output, JsonText.Plain);
        writer.WriteStartObject();
        writer.WriteString("type"u8, "error"u8);
        writer.WriteStartObject("error"u8);
        writer.WriteString("type"u8, TypeOf(status));
        writer.WriteString("message"u8, message);
        if (details is { } more)
        {
            writer.WritePropertyName("details"u8);
            more.WriteTo(writer);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static string TypeOf(int status) => status switch
    {
        401 => "authentication_error",
        402 => "billing_error",
        403 => "permission_error",
        404 => "not_found_error",
        413 => "request_too_large",
        429 => "rate_limit_error",
        503 or 529 => "overloaded_error",
        408 or 504 => "timeout_error",
        >= 400 and < 500 => "invalid_request_error",
        _ => "api_error",
    };
}
