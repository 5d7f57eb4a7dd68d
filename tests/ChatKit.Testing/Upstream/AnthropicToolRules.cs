using System.Text.Json;
using System.Text.RegularExpressions;

namespace ChatKit.Testing.Upstream;

/// <summary>What Anthropic refuses in tools, their calls and their answers.</summary>
internal static partial class AnthropicToolRules
{
    private static readonly string[] ToolMembers =
        ["name", "description", "input_schema", "strict", "cache_control", "type", "eager_input_streaming", "input_examples", "defer_loading", "allowed_callers", "max_uses", "allowed_domains", "blocked_domains", "user_location"];

    /// <summary>The definitions and the choice.</summary>
    public static string? Refuse(JsonElement body)
    {
        var hasTools = body.TryGetProperty("tools", out var tools);
        for (var i = 0; hasTools && i < tools.GetArrayLength(); i++)
            if (Tool(tools[i], $"tools.{i}.custom") is { } error)
                return error;
        if (!body.TryGetProperty("tool_choice", out var choice)) return null;
        if (!hasTools || tools.GetArrayLength() == 0) return "tool_choice: may only be specified while providing tools";
        var type = choice.TryGetProperty("type", out var given) ? given.GetString() : null;
        string[] members = type switch
        {
            "auto" or "any" => ["type", "disable_parallel_tool_use"],
            "tool" => ["type", "name", "disable_parallel_tool_use"],
            "none" => ["type"],
            _ => [],
        };
        if (members.Length == 0) return $"tool_choice: Input tag '{type}' found using 'type' does not match any of the expected tags: 'auto', 'any', 'tool', 'none'";
        if (choice.EnumerateObject().FirstOrDefault(member => !members.Contains(member.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } extra)
            return $"tool_choice.{type}.{extra.Name}: Extra inputs are not permitted";
        return type is "tool" && !tools.EnumerateArray().Any(tool => tool.GetProperty("name").ValueEquals(choice.GetProperty("name").GetString()))
            ? $"Tool '{choice.GetProperty("name")}' not found in provided tools"
            : null;
    }

    /// <summary>One block of a turn.</summary>
    public static string? Block(JsonElement block, string type, string at)
    {
        var id = type switch { "tool_use" => "id", "tool_result" => "tool_use_id", _ => null };
        if (id is null) return null;
        if (!block.TryGetProperty(id, out var value) || !Id().IsMatch(value.GetString()!)) return $"{at}.{type}.{id}: String should match pattern '^[a-zA-Z0-9_-]+$'";
        if (type is "tool_result") return null;
        if (!block.TryGetProperty("name", out var name) || !Name().IsMatch(name.GetString()!)) return $"{at}.tool_use.name: String should match pattern '^[a-zA-Z0-9_-]{{1,128}}$'";
        return block.TryGetProperty("input", out var input) && input.ValueKind is JsonValueKind.Object ? null : $"{at}.tool_use.input: Input should be a valid dictionary";
    }

    /// <summary>Every call is answered in the next turn, and every answer has its call in the turn before.</summary>
    public static string? Unanswered(JsonElement messages)
    {
        string[] called = [];
        foreach (var message in messages.EnumerateArray())
        {
            var answered = Ids(message, "tool_result", "tool_use_id");
            if (called.Except(answered).FirstOrDefault() is { } open)
                return $"`tool_use` ids were found without `tool_result` blocks immediately after: {open}. Each `tool_use` block must have a corresponding `tool_result` block in the next message.";
            if (answered.Except(called).FirstOrDefault() is { } unasked)
                return $"unexpected `tool_use_id` found in `tool_result` blocks: {unasked}. Each `tool_result` block must have a corresponding `tool_use` block in the previous message.";
            called = Ids(message, "tool_use", "id");
        }

        return called.Length == 0 ? null : $"`tool_use` ids were found without `tool_result` blocks immediately after: {called[0]}.";
    }

    private static string? Tool(JsonElement tool, string at)
    {
        if (tool.EnumerateObject().FirstOrDefault(member => !ToolMembers.Contains(member.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } extra)
            return $"{at}.{extra.Name}: Extra inputs are not permitted";
        if (tool.TryGetProperty("type", out var own) && !own.ValueEquals("custom"))
            return tool.TryGetProperty("input_schema", out _) ? $"{at}.input_schema: Extra inputs are not permitted"
                : OwnTypes().IsMatch(own.GetString()!) ? null
                : $"{at}: Input tag '{own}' found using 'type' does not match any of the expected tags";
        if (!tool.TryGetProperty("name", out var name) || !Name().IsMatch(name.GetString()!)) return $"{at}.name: String should match pattern '^[a-zA-Z0-9_-]{{1,128}}$'";
        return tool.TryGetProperty("input_schema", out var schema) && schema.TryGetProperty("type", out var type) && type.ValueEquals("object")
            ? null
            : $"{at}.input_schema.type: Field required";
    }

    private static string[] Ids(JsonElement message, string type, string member) => message.GetProperty("content") is { ValueKind: JsonValueKind.Array } blocks
        ? [.. blocks.EnumerateArray().Where(block => block.GetProperty("type").ValueEquals(type)).Select(block => block.GetProperty(member).GetString()!)]
        : [];

    [GeneratedRegex(@"^(web_search|web_fetch|bash|text_editor|code_execution|computer|memory|tool_search_tool_\w+)_\d{8}$")]
    private static partial Regex OwnTypes();

    [GeneratedRegex("^[a-zA-Z0-9_-]+$")]
    private static partial Regex Id();

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,128}$")]
    private static partial Regex Name();
}
