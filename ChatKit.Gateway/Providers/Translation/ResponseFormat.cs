using System.Text.Json;
using ChatKit.Gateway.Errors;

namespace ChatKit.Gateway.Providers.Translation;

/// <summary>
/// <c>response_format</c> (https://platform.openai.com/docs/guides/structured-outputs): text, any JSON object, or JSON that fits a schema.
/// <code>
/// {"type":"json_schema","json_schema":{"name":"person","strict":true,"schema":{"type":"object","properties":{"name":{"type":"string"}},"required":["name"],"additionalProperties":false}}}
/// </code>
/// </summary>
/// <param name="Schema">Null where any object will do.</param>
internal sealed record ResponseFormat(JsonElement? Schema)
{
    public string? Name { get; init; }

    public string? Description { get; init; }

    /// <summary><c>strict</c>: the answer has to fit, not only should.</summary>
    public bool IsStrict { get; init; }

    /// <summary>Reads the member; null where text is asked for.</summary>
    public static GatewayError? Read(JsonElement? member, out ResponseFormat? format)
    {
        format = null;
        if (member is not { ValueKind: not JsonValueKind.Null } given) return null;
        switch (Text(given, "type"))
        {
            case "text":
                return null;
            case "json_object":
                format = new ResponseFormat(null as JsonElement?);
                return null;
            case "json_schema" when given.TryGetProperty("json_schema", out var named):
                if (named.ValueKind is not JsonValueKind.Object || !named.TryGetProperty("schema", out var schema) || schema.ValueKind is not JsonValueKind.Object) break;
                format = new ResponseFormat(schema)
                {
                    Name = Text(named, "name"),
                    Description = Text(named, "description"),
                    IsStrict = named.TryGetProperty("strict", out var strict) && strict.ValueKind is JsonValueKind.True,
                };
                return null;
        }

        return ChatRefusals.Invalid("response_format", "'response_format' is of type 'text', 'json_object', or 'json_schema' with an object in 'json_schema.schema'.");
    }

    private static string? Text(JsonElement element, string member) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(member, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
