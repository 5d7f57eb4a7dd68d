using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Wire.Anthropic;

namespace ChatKit.Gateway.Providers.Anthropic;

/// <summary>
/// <c>response_format</c>: by the model's own structured output where it has that and takes the schema
/// (https://platform.claude.com/docs/en/build-with-claude/structured-outputs), else by a tool that the model has to call and whose arguments are handed to the
/// client as content. The tool's name is reserved, so that the answer alone tells which it was.
/// </summary>
internal sealed record AnthropicFormat(JsonElement? Native, MessagesTool? Tool)
{
    /// <summary>The tool whose arguments are the answer; LiteLLM's name for it.</summary>
    public const string ToolName = "json_tool_call";

    private static readonly JsonElement AnyObject = JsonElement.Parse("""{"type":"object","properties":{},"additionalProperties":true}"""u8);

    /// <summary>Null where text is asked for.</summary>
    public static GatewayError? Read(JsonElement? member, ClaudeModel model, out AnthropicFormat? format)
    {
        format = null;
        if (ResponseFormat.Read(member, out var asked) is { } wrong) return wrong;
        if (asked is null) return null;
        if (asked.Schema is { } native && model.HasStructuredOutput && NativeSchema.Accepts(native))
        {
            format = new AnthropicFormat(JsonElement.Parse($$"""{"type":"json_schema","schema":{{native.GetRawText()}}}"""), null);
            return null;
        }

        if (asked.Schema is { } schema && !(schema.TryGetProperty("type", out var type) && type.ValueKind is JsonValueKind.String && type.ValueEquals("object")))
            return ChatRefusals.UnsupportedValue("response_format", "The root of 'json_schema.schema' is of type 'object'.");
        format = new AnthropicFormat(null, new MessagesTool(ToolName)
        {
            Description = asked.Description ?? (asked.Schema is null ? "Gives the answer as a JSON object." : "Gives the answer as JSON that fits the schema."),
            InputSchema = asked.Schema ?? AnyObject,
        });
        return null;
    }
}
