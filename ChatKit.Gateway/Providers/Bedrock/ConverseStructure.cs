using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Providers.Translation;

namespace ChatKit.Gateway.Providers.Bedrock;

/// <summary>
/// <c>response_format</c>: natively where the model has structured outputs, else by a tool that takes the answer as its arguments, which are handed to the
/// client as content. A tool with that name is never the client's own, so the answer alone tells which it was.
/// </summary>
internal sealed record ConverseStructure(TextFormat? Native, ConverseTool? Tool)
{
    /// <summary>The tool whose arguments are the answer.</summary>
    public const string ToolName = "json_tool_call";

    private static readonly JsonElement AnyObject = JsonElement.Parse("""{"type":"object","properties":{},"additionalProperties":true}"""u8);

    /// <summary>Null where plain text is asked for.</summary>
    public static GatewayError? Read(JsonElement? format, BedrockModel model, out ConverseStructure? structure)
    {
        structure = null;
        if (format is not { } asked) return null;
        switch (Text(asked, "type"))
        {
            case "text":
                return null;
            case "json_object":
                structure = Of(new Schema(AnyObject, null, null), native: false);
                return null;
            case "json_schema" when asked.TryGetProperty("json_schema", out var named) && named.ValueKind is JsonValueKind.Object && named.TryGetProperty("schema", out var schema):
                structure = Of(new Schema(schema, Text(named, "name"), Text(named, "description")), model.HasStructuredOutput);
                return null;
            default:
                return ChatRefusals.Invalid("response_format", "'response_format' is of type 'text', 'json_object', or 'json_schema' with a schema in 'json_schema.schema'.");
        }
    }

    private static ConverseStructure Of(Schema schema, bool native) => native
        ? new(new TextFormat("json_schema", new TextStructure(new TextSchema(schema.Json.GetRawText()) { Name = schema.Name, Description = schema.Description })), null)
        : new(null, new ConverseTool
        {
            ToolSpec = new ConverseToolSpec(ToolName, new ConverseToolSchema(schema.Json)) { Description = schema.Description ?? "Gives the answer, as JSON that fits the schema." },
        });

    private static string? Text(JsonElement element, string member) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(member, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private sealed record Schema(JsonElement Json, string? Name, string? Description);
}
