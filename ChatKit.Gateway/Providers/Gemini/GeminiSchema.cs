using System.Text.Json;

namespace ChatKit.Gateway.Providers.Gemini;

/// <summary>
/// JSON Schema → the subset of OpenAPI's schema that the first Gemini generation knows (https://ai.google.dev/api/caching#Schema): references are resolved in
/// place, "or null" becomes <c>nullable</c>, a constant becomes an enumeration of one. What has no counterpart is named in the losses.
/// </summary>
internal sealed class GeminiSchema(ICollection<string> losses)
{
    /// <summary>A schema that refers to itself has no end; deeper than this the reference is cut.</summary>
    private const int Deepest = 16;

    private static readonly string[] Kept =
        ["title", "description", "format", "enum", "required", "minimum", "maximum", "minItems", "maxItems", "minLength", "maxLength", "minProperties", "maxProperties", "pattern", "default", "example"];

    private JsonElement _root;

    public JsonElement Clean(JsonElement schema, string path)
    {
        _root = schema;
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer)) Write(writer, schema, path, 0);
        return JsonElement.Parse(buffer.ToArray());
    }

    private void Write(Utf8JsonWriter writer, JsonElement schema, string path, int depth)
    {
        writer.WriteStartObject();
        schema = Resolve(schema);
        if (depth > Deepest || schema.ValueKind is not JsonValueKind.Object) losses.Add(path);
        else
            foreach (var member in schema.EnumerateObject()) WriteMember(writer, member, path, depth);
        writer.WriteEndObject();
    }

    private void WriteMember(Utf8JsonWriter writer, JsonProperty member, string path, int depth)
    {
        var (name, value) = (member.Name, member.Value);
        switch (name)
        {
            case "type":
                WriteType(writer, value);
                break;
            case "properties" when value.ValueKind is JsonValueKind.Object:
                writer.WriteStartObject(name);
                foreach (var property in value.EnumerateObject())
                {
                    writer.WritePropertyName(property.Name);
                    Write(writer, property.Value, $"{path}.properties.{property.Name}", depth + 1);
                }

                writer.WriteEndObject();
                break;
            case "items" when value.ValueKind is JsonValueKind.Object:
                writer.WritePropertyName(name);
                Write(writer, value, $"{path}.items", depth + 1);
                break;
            case "anyOf" or "oneOf" when value.ValueKind is JsonValueKind.Array:
                WriteChoices(writer, value, $"{path}.{name}", depth);
                break;
            case "const":
                writer.WriteStartArray("enum");
                writer.WriteStringValue(value.ToString());
                writer.WriteEndArray();
                break;
            case "$defs" or "definitions" or "$schema" or "$id":
                break;
            default:
                if (Kept.Contains(name)) member.WriteTo(writer);
                else losses.Add($"{path}.{name}");
                break;
        }
    }

    /// <summary>One of several schemas; the one that is null says nullable.</summary>
    private void WriteChoices(Utf8JsonWriter writer, JsonElement choices, string path, int depth)
    {
        var some = choices.EnumerateArray().Where(static choice => !IsNull(choice)).ToList();
        if (some.Count < choices.GetArrayLength()) writer.WriteBoolean("nullable", true);
        writer.WriteStartArray("anyOf");
        for (var i = 0; i < some.Count; i++) Write(writer, some[i], $"{path}[{i}]", depth + 1);
        writer.WriteEndArray();
    }

    private static void WriteType(Utf8JsonWriter writer, JsonElement type)
    {
        if (type.ValueKind is JsonValueKind.String) writer.WriteString("type", type.GetString()!.ToUpperInvariant());
        if (type.ValueKind is not JsonValueKind.Array) return;
        var names = type.EnumerateArray().Select(static name => name.ToString()).ToList();
        if (names.Remove("null")) writer.WriteBoolean("nullable", true);
        if (names is [var only])
        {
            writer.WriteString("type", only.ToUpperInvariant());
            return;
        }

        writer.WriteStartArray("anyOf");
        foreach (var name in names)
        {
            writer.WriteStartObject();
            writer.WriteString("type", name.ToUpperInvariant());
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static bool IsNull(JsonElement schema) => schema.ValueKind is JsonValueKind.Object && schema.TryGetProperty("type", out var type) && type.ValueKind is JsonValueKind.String && type.ValueEquals("null");

    /// <summary>Follows <c>#/$defs/Name</c>; a reference to a reference too, but not forever.</summary>
    private JsonElement Resolve(JsonElement schema)
    {
        for (var hops = 0; hops < Deepest; hops++)
        {
            if (schema.ValueKind is not JsonValueKind.Object || !schema.TryGetProperty("$ref", out var reference) || reference.ValueKind is not JsonValueKind.String) return schema;
            var target = _root;
            foreach (var step in reference.GetString()!.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
                if (target.ValueKind is not JsonValueKind.Object || !target.TryGetProperty(step, out target))
                    return default;
            schema = target;
        }

        return default;
    }
}
