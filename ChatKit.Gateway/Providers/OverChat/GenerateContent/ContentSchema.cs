using System.Text.Json;
using ChatKit.Gateway.Providers.Gemini;

namespace ChatKit.Gateway.Providers.OverChat.GenerateContent;

/// <summary>
/// Google's schema, a subset of OpenAPI's (https://ai.google.dev/api/caching#Schema), → JSON Schema: types in lower case, <c>nullable</c> as a second type, sizes,
/// which Google writes as text, as numbers.
/// </summary>
internal static class ContentSchema
{
    public static JsonElement ToJsonSchema(JsonElement schema)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer)) Write(writer, schema);
        return JsonElement.Parse(buffer.ToArray());
    }

    private static void Write(Utf8JsonWriter writer, JsonElement schema)
    {
        if (schema.ValueKind is not JsonValueKind.Object)
        {
            schema.WriteTo(writer);
            return;
        }

        var isNullable = schema.TryGetProperty("nullable", out var nullable) && nullable.ValueKind is JsonValueKind.True;
        writer.WriteStartObject();
        foreach (var member in schema.EnumerateObject()) WriteMember(writer, GeminiOwn.Camel(member.Name), member.Value, isNullable);
        writer.WriteEndObject();
    }

    private static void WriteMember(Utf8JsonWriter writer, string name, JsonElement value, bool isNullable)
    {
        switch (name)
        {
            case "nullable" or "example" or "propertyOrdering":
                break;
            case "type" when value.ValueKind is JsonValueKind.String:
                WriteType(writer, value.GetString()!.ToLowerInvariant(), isNullable);
                break;
            case "properties" when value.ValueKind is JsonValueKind.Object:
                writer.WriteStartObject(name);
                foreach (var property in value.EnumerateObject())
                {
                    writer.WritePropertyName(property.Name);
                    Write(writer, property.Value);
                }

                writer.WriteEndObject();
                break;
            case "items":
                writer.WritePropertyName(name);
                Write(writer, value);
                break;
            case "anyOf" when value.ValueKind is JsonValueKind.Array:
                writer.WriteStartArray(name);
                foreach (var choice in value.EnumerateArray()) Write(writer, choice);
                writer.WriteEndArray();
                break;
            case "minItems" or "maxItems" or "minLength" or "maxLength" or "minProperties" or "maxProperties"
                when value.ValueKind is JsonValueKind.String && long.TryParse(value.GetString(), out var size):
                writer.WriteNumber(name, size);
                break;
            default:
                writer.WritePropertyName(name);
                value.WriteTo(writer);
                break;
        }
    }

    private static void WriteType(Utf8JsonWriter writer, string type, bool isNullable)
    {
        if (!isNullable)
        {
            writer.WriteString("type", type);
            return;
        }

        writer.WriteStartArray("type");
        writer.WriteStringValue(type);
        writer.WriteStringValue("null");
        writer.WriteEndArray();
    }
}
