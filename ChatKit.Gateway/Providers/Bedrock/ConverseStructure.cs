using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Providers.Anthropic;
using ChatKit.Gateway.Providers.Translation;

namespace ChatKit.Gateway.Providers.Bedrock;

/// <summary>
/// <c>response_format</c>: natively where the model has structured outputs and takes the schema
/// (https://docs.aws.amazon.com/bedrock/latest/userguide/structured-output.html), else by a tool whose arguments are handed to the client as content. The tool's name is
/// reserved, so that the answer alone tells which it was.
/// </summary>
internal sealed record ConverseStructure(TextFormat? Native, ConverseTool? Tool)
{
    /// <summary>The tool whose arguments are the answer; LiteLLM's name for it.</summary>
    public const string ToolName = AnthropicFormat.ToolName;

    private static readonly JsonElement AnyObject = JsonElement.Parse("""{"type":"object","properties":{},"additionalProperties":true}"""u8);

    /// <summary>Null where text is asked for.</summary>
    public static GatewayError? Read(JsonElement? member, BedrockModel model, out ConverseStructure? structure)
    {
        structure = null;
        if (ResponseFormat.Read(member, out var asked) is { } wrong) return wrong;
        if (asked is null) return null;
        if (asked.Schema is { } native && model.HasStructuredOutput && NativeSchema.Accepts(native))
        {
            structure = new(new TextFormat("json_schema", new TextStructure(new TextSchema(native.GetRawText()) { Name = asked.Name, Description = asked.Description })), null);
            return null;
        }

        if (asked.Schema is { } schema && !(schema.TryGetProperty("type", out var type) && type.ValueKind is JsonValueKind.String && type.ValueEquals("object")))
            return ChatRefusals.UnsupportedValue("response_format", "The root of 'json_schema.schema' is of type 'object'.");
        var description = asked.Description ?? (asked.Schema is null ? "Gives the answer as a JSON object." : "Gives the answer as JSON that fits the schema.");
        structure = new(null, new ConverseTool { ToolSpec = new ConverseToolSpec(ToolName, new ConverseToolSchema(asked.Schema ?? AnyObject)) { Description = description } });
        return null;
    }
}
