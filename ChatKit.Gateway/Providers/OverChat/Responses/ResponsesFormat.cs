using System.Buffers;
using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Providers.OverChat.Responses;

/// <summary>
/// <c>text.format</c> → <c>response_format</c>: a schema with its name and strictness stands flat in the one and nested in the other
/// (https://platform.openai.com/docs/guides/structured-outputs).
/// </summary>
internal static class ResponsesFormat
{
    public static GatewayError? Translate(JsonElement? asked, out JsonElement? format)
    {
        format = null;
        if (asked is not { ValueKind: not JsonValueKind.Null } given) return null;
        var type = given.ValueKind is JsonValueKind.Object && given.TryGetProperty("type", out var named) && named.ValueKind is JsonValueKind.String ? named.GetString() : null;
        switch (type)
        {
            case "text":
                return null;
            case "json_object":
                format = given;
                return null;
            case "json_schema":
                format = Nested(given);
                return null;
            default:
                return ChatRefusals.Invalid("text.format.type", "A format is of type 'text', 'json_object' or 'json_schema'.");
        }
    }

    private static JsonElement Nested(JsonElement flat)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json, JsonText.Plain))
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "json_schema"u8);
            writer.WriteStartObject("json_schema"u8);
            foreach (var member in flat.EnumerateObject())
                if (!member.NameEquals("type"u8))
                    member.WriteTo(writer);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return ChatBody.Json(json.WrittenSpan);
    }
}
