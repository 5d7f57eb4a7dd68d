using System.Text.Json;

namespace ChatKit.Testing.Upstream;

/// <summary>What Anthropic refuses in the system prompt and the turns.</summary>
internal static class AnthropicContentRules
{
    private const int MaxBreakpoints = 4;

    /// <summary>The message of the error; null where the conversation is fine.</summary>
    public static string? Refuse(JsonElement body)
    {
        if (body.TryGetProperty("system", out var system) && system.ValueKind is JsonValueKind.Array && Blocks(system, "system") is { } inSystem) return inSystem;
        var messages = body.GetProperty("messages");
        if (messages.GetArrayLength() == 0) return "messages: at least one message is required";
        if (messages.GetArrayLength() > 100_000) return "messages: too many messages";
        for (var i = 0; i < messages.GetArrayLength(); i++)
            if (Message(messages[i], i, isLast: i == messages.GetArrayLength() - 1) is { } error)
                return error;
        if (!messages[0].GetProperty("role").ValueEquals("user")) return "messages: first message must use the \"user\" role";
        if (EndsInWhiteSpace(messages[messages.GetArrayLength() - 1])) return "messages: final assistant content cannot end with trailing whitespace";
        if (AnthropicToolRules.Unanswered(messages) is { } unanswered) return unanswered;
        var breakpoints = Breakpoints(body);
        return breakpoints > MaxBreakpoints ? $"A maximum of 4 blocks with cache_control may be provided. Found {breakpoints}." : null;
    }

    private static string? Message(JsonElement message, int index, bool isLast)
    {
        if (message.ValueKind is not JsonValueKind.Object) return $"messages.{index}: Input should be a valid dictionary";
        foreach (var member in message.EnumerateObject())
            if (member.Name is not ("role" or "content"))
                return $"messages.{index}.{member.Name}: Extra inputs are not permitted";
        if (!message.TryGetProperty("role", out var role)) return $"messages.{index}.role: Field required";
        if (!message.TryGetProperty("content", out var content)) return $"messages.{index}.content: Field required";
        if (!role.ValueEquals("user") && !role.ValueEquals("assistant"))
            return $"messages: Unexpected role \"{role}\". The Messages API accepts a top-level `system` parameter, not \"system\" as an input message role.";
        var isEmpty = content.ValueKind switch
        {
            JsonValueKind.String => content.ValueEquals(""),
            JsonValueKind.Array => content.GetArrayLength() == 0,
            _ => true,
        };
        if (isEmpty && !(isLast && role.ValueEquals("assistant")))
            return $"messages.{index}: all messages must have non-empty content except for the optional final assistant message";
        return content.ValueKind is JsonValueKind.Array ? Blocks(content, $"messages.{index}.content") : null;
    }

    private static string? Blocks(JsonElement blocks, string path)
    {
        var index = 0;
        foreach (var block in blocks.EnumerateArray())
        {
            var at = $"{path}.{index++}";
            if (block.ValueKind is not JsonValueKind.Object || !block.TryGetProperty("type", out var type)) return $"{at}.type: Field required";
            if (Members(type.GetString()) is not { } members) return $"{at}: Input tag '{type}' found using 'type' does not match any of the expected tags";
            foreach (var member in block.EnumerateObject())
                if (!members.Contains(member.Name))
                    return $"{at}.{type}.{member.Name}: Extra inputs are not permitted";
            if ((Source(block, type.GetString()!, at) ?? AnthropicToolRules.Block(block, type.GetString()!, at)) is { } error) return error;
            if (type.ValueEquals("tool_result") && block.TryGetProperty("content", out var inner) && inner.ValueKind is JsonValueKind.Array && Blocks(inner, $"{at}.content") is { } inside)
                return inside;
            if (!type.ValueEquals("text")) continue;
            if (!block.TryGetProperty("text", out var text) || text.ValueKind is not JsonValueKind.String) return $"{at}.text.text: Field required";
            if (text.ValueEquals("")) return $"{path.Split('.')[0]}: text content blocks must be non-empty";
            if (string.IsNullOrWhiteSpace(text.GetString())) return $"{path.Split('.')[0]}: text content blocks must contain non-whitespace text";
        }

        return null;
    }

    private static string[]? Members(string? type) => type switch
    {
        "text" => ["type", "text", "cache_control", "citations"],
        "thinking" => ["type", "thinking", "signature"],
        "redacted_thinking" => ["type", "data"],
        "image" => ["type", "source", "cache_control"],
        "document" => ["type", "source", "title", "context", "citations", "cache_control"],
        "tool_use" => ["type", "id", "name", "input", "caller", "cache_control"],
        "tool_result" => ["type", "tool_use_id", "content", "is_error", "cache_control"],
        "server_tool_use" => ["type", "id", "name", "input", "caller", "cache_control"],
        "web_search_tool_result" or "web_fetch_tool_result" or "code_execution_tool_result" => ["type", "tool_use_id", "content", "caller", "cache_control"],
        "search_result" => ["type", "source", "title", "content", "citations", "cache_control"],
        _ => null,
    };

    private static string? Source(JsonElement block, string type, string at)
    {
        if (type is not ("image" or "document")) return null;
        if (!block.TryGetProperty("source", out var source) || source.ValueKind is not JsonValueKind.Object) return $"{at}.{type}.source: Field required";
        var text = source.EnumerateObject().ToDictionary(static member => member.Name, static member => member.Value.GetString());
        return (text.GetValueOrDefault("type"), text.GetValueOrDefault("media_type")) switch
        {
            ("base64", "image/jpeg" or "image/png" or "image/gif" or "image/webp") when type is "image" && text.ContainsKey("data") && text.Count == 3 => null,
            ("base64", "application/pdf") when type is "document" && text.ContainsKey("data") && text.Count == 3 => null,
            ("text", "text/plain") when type is "document" && text.ContainsKey("data") && text.Count == 3 => null,
            ("url", null) when text.GetValueOrDefault("url")?.StartsWith("http", StringComparison.Ordinal) is true && text.Count == 2 => null,
            _ => $"{at}.{type}.source: Input does not match any of the expected sources",
        };
    }

    private static bool EndsInWhiteSpace(JsonElement last)
    {
        if (!last.GetProperty("role").ValueEquals("assistant")) return false;
        var content = last.GetProperty("content");
        var text = content.ValueKind is JsonValueKind.String ? content.GetString()
            : content.GetArrayLength() > 0 && content[content.GetArrayLength() - 1].TryGetProperty("text", out var final) ? final.GetString() : null;
        return text is { Length: > 0 } && char.IsWhiteSpace(text[^1]);
    }

    private static int Breakpoints(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().Sum(Breakpoints),
        JsonValueKind.Object => element.EnumerateObject().Sum(static member =>
            member.Name == "cache_control" && member.Value.ValueKind is JsonValueKind.Object ? 1 : Breakpoints(member.Value)),
        _ => 0,
    };
}
