using System.Text;
using System.Text.Json;
using Microsoft.ML.Tokenizers;

namespace ChatKit.Gateway.Tokens;

/// <summary>
/// The tokens of tool definitions. OpenAI shows functions to its models as TypeScript (https://github.com/hmarr/openai-chat-tokens found out how), so they are
/// written and counted so:
/// <code>
/// namespace functions {
///
/// // Get the current weather
/// type get_weather = (_: {
/// // The city
/// location: string,
/// unit?: "celsius" | "fahrenheit",
/// }) => any;
///
/// } // namespace functions
/// </code>
/// </summary>
internal static class ToolTokens
{
    /// <summary>What is counted twice where a system message has a frame already.</summary>
    public const int SharedWithSystem = 4;

    private const int Frame = 9;
    private const int Pinned = 4;

    public static int Count(Tokenizer encoding, JsonElement tools)
    {
        if (tools.ValueKind is not JsonValueKind.Array || tools.GetArrayLength() == 0) return 0;
        var text = new StringBuilder("namespace functions {\n\n");
        foreach (var tool in tools.EnumerateArray()) AppendTool(text, tool);
        return Frame + TextTokens.Count(encoding, text.Append("} // namespace functions").ToString());
    }

    /// <summary>The one tool that the model is told to call.</summary>
    public static int CountChoice(Tokenizer encoding, JsonElement choice)
    {
        if (choice.ValueKind is not JsonValueKind.Object) return 0;
        if (choice.TryGetProperty("function", out var function)) return CountChoice(encoding, function);
        return choice.TryGetProperty("name", out var name) && name.ValueKind is JsonValueKind.String ? Pinned + TextTokens.Count(encoding, MessageTokens.Text(name)) : 0;
    }

    /// <summary>Chat nests the function, Responses and Anthropic do not, Gemini lists several.</summary>
    private static void AppendTool(StringBuilder text, JsonElement tool)
    {
        if (tool.ValueKind is not JsonValueKind.Object) return;
        if (tool.TryGetProperty("function", out var function)) AppendTool(text, function);
        else if (tool.TryGetProperty("functionDeclarations", out var several) && several.ValueKind is JsonValueKind.Array)
        {
            foreach (var one in several.EnumerateArray()) AppendTool(text, one);
        }
        else if (tool.TryGetProperty("name", out var name)) AppendFunction(text, name, tool);
    }

    private static void AppendFunction(StringBuilder text, JsonElement name, JsonElement function)
    {
        AppendComment(text, function);
        text.Append("type ").Append(MessageTokens.Text(name)).Append(" = (");
        if (Schema(function) is { } schema && schema.TryGetProperty("properties", out var properties) && properties.ValueKind is JsonValueKind.Object && properties.GetPropertyCount() > 0)
        {
            text.Append("_: {\n");
            AppendProperties(text, schema, properties, isNested: false);
            text.Append('}');
        }

        text.Append(") => any;\n\n");
    }

    private static JsonElement? Schema(JsonElement function)
    {
        foreach (var name in (ReadOnlySpan<string>)["parameters", "input_schema", "parametersJsonSchema"])
        {
            if (function.TryGetProperty(name, out var schema) && schema.ValueKind is JsonValueKind.Object) return schema;
        }

        return null;
    }

    /// <summary>What is said about members of members is not shown.</summary>
    private static void AppendProperties(StringBuilder text, JsonElement schema, JsonElement properties, bool isNested)
    {
        var required = schema.TryGetProperty("required", out var names) && names.ValueKind is JsonValueKind.Array ? names : default;
        foreach (var property in properties.EnumerateObject())
        {
            if (!isNested) AppendComment(text, property.Value);
            text.Append(property.Name).Append(IsListed(required, property.Name) ? ": " : "?: ");
            AppendType(text, property.Value);
            text.Append(",\n");
        }
    }

    private static void AppendType(StringBuilder text, JsonElement schema)
    {
        var type = schema.ValueKind is JsonValueKind.Object && schema.TryGetProperty("type", out var given) ? MessageTokens.Text(given) : "any";
        if (schema.ValueKind is JsonValueKind.Object && schema.TryGetProperty("enum", out var values) && values.ValueKind is JsonValueKind.Array)
            text.AppendJoin(" | ", values.EnumerateArray().Select(static value => value.GetRawText()));
        else if (type is "array" && schema.TryGetProperty("items", out var items))
        {
            AppendType(text, items);
            text.Append("[]");
        }
        else if (type is "object" && schema.TryGetProperty("properties", out var properties) && properties.ValueKind is JsonValueKind.Object)
        {
            text.Append("{\n");
            AppendProperties(text, schema, properties, isNested: true);
            text.Append('}');
        }
        else text.Append(type is "integer" ? "number" : type);
    }

    private static void AppendComment(StringBuilder text, JsonElement described)
    {
        if (described.ValueKind is JsonValueKind.Object && described.TryGetProperty("description", out var description) && description.ValueKind is JsonValueKind.String)
            text.Append("// ").Append(MessageTokens.Text(description)).Append('\n');
    }

    private static bool IsListed(JsonElement names, string name)
    {
        if (names.ValueKind is not JsonValueKind.Array) return false;
        foreach (var listed in names.EnumerateArray())
        {
            if (listed.ValueKind is JsonValueKind.String && MessageTokens.Text(listed) == name) return true;
        }

        return false;
    }
}
