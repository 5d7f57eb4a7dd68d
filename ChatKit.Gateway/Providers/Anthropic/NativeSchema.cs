using System.Text.Json;

namespace ChatKit.Gateway.Providers.Anthropic;

/// <summary>
/// Which schemas Claude's structured output takes (https://platform.claude.com/docs/en/build-with-claude/structured-outputs#json-schema-limitations): objects that
/// are closed, no recursion, and none of the keywords that restrict numbers, strings or the length of arrays. It answers 400 to others.
/// </summary>
internal static class NativeSchema
{
    private static readonly string[] Refused =
        ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "maxItems", "uniqueItems", "contains",
         "minProperties", "maxProperties", "patternProperties", "propertyNames", "dependentSchemas", "dependentRequired", "if", "then", "else", "not", "oneOf", "prefixItems"];

    private static readonly string[] Formats = ["date-time", "time", "date", "duration", "email", "hostname", "uri", "ipv4", "ipv6", "uuid"];

    public static bool Accepts(JsonElement schema) => Accepts(schema, schema, []);

    /// <param name="schema">A schema inside the whole one.</param>
    /// <param name="root">The whole one, which references point into.</param>
    /// <param name="path">The references on the way here: coming by one twice is recursion.</param>
    private static bool Accepts(JsonElement schema, JsonElement root, List<string> path)
    {
        if (schema.ValueKind is not JsonValueKind.Object) return schema.ValueKind is JsonValueKind.True;
        if (IsObject(schema) && !(schema.TryGetProperty("additionalProperties", out var others) && others.ValueKind is JsonValueKind.False)) return false;
        foreach (var member in schema.EnumerateObject())
        {
            var accepted = member.Name switch
            {
                "$ref" => AcceptsReference(member.Value, root, path),
                "properties" or "$defs" or "definitions" => member.Value.ValueKind is JsonValueKind.Object && member.Value.EnumerateObject().All(entry => Accepts(entry.Value, root, path)),
                "items" => Accepts(member.Value, root, path),
                "anyOf" or "allOf" => member.Value.ValueKind is JsonValueKind.Array && member.Value.EnumerateArray().All(entry => Accepts(entry, root, path)),
                "minItems" => member.Value.ValueKind is JsonValueKind.Number && member.Value.TryGetInt32(out var least) && least is 0 or 1,
                "format" => member.Value.ValueKind is JsonValueKind.String && Array.IndexOf(Formats, member.Value.GetString()) >= 0,
                var name => Array.IndexOf(Refused, name) < 0,
            };
            if (!accepted) return false;
        }

        return true;
    }

    private static bool IsObject(JsonElement schema) =>
        schema.TryGetProperty("properties", out _) ||
        (schema.TryGetProperty("type", out var type) && type.ValueKind switch
        {
            JsonValueKind.String => type.ValueEquals("object"),
            JsonValueKind.Array => type.EnumerateArray().Any(static one => one.ValueKind is JsonValueKind.String && one.ValueEquals("object")),
            _ => false,
        });

    private static bool AcceptsReference(JsonElement reference, JsonElement root, List<string> path)
    {
        if (reference.ValueKind is not JsonValueKind.String || reference.GetString() is not { } pointer || path.Contains(pointer)) return false;
        if (!pointer.StartsWith("#/", StringComparison.Ordinal)) return false;
        var target = root;
        foreach (var step in pointer[2..].Split('/'))
        {
            if (target.ValueKind is not JsonValueKind.Object || !target.TryGetProperty(step, out target)) return false;
        }

        return Accepts(target, root, [.. path, pointer]);
    }
}
