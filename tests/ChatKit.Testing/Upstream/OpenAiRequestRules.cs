using System.Collections.Frozen;
using System.Text.Json;

namespace ChatKit.Testing.Upstream;

/// <summary>What OpenAI refuses in the body of a chat completion request, with the messages and codes that it uses.</summary>
internal sealed class OpenAiRequestRules(bool refuseUnknownMembers)
{
    private static readonly FrozenDictionary<string, JsonValueKind[]> Members = new Dictionary<string, JsonValueKind[]>
    {
        ["model"] = [JsonValueKind.String],
        ["messages"] = [JsonValueKind.Array],
        ["audio"] = [JsonValueKind.Object],
        ["frequency_penalty"] = [JsonValueKind.Number],
        ["function_call"] = [JsonValueKind.String, JsonValueKind.Object],
        ["functions"] = [JsonValueKind.Array],
        ["logit_bias"] = [JsonValueKind.Object],
        ["logprobs"] = [JsonValueKind.True, JsonValueKind.False],
        ["max_completion_tokens"] = [JsonValueKind.Number],
        ["max_tokens"] = [JsonValueKind.Number],
        ["metadata"] = [JsonValueKind.Object],
        ["modalities"] = [JsonValueKind.Array],
        ["n"] = [JsonValueKind.Number],
        ["parallel_tool_calls"] = [JsonValueKind.True, JsonValueKind.False],
        ["prediction"] = [JsonValueKind.Object],
        ["presence_penalty"] = [JsonValueKind.Number],
        ["prompt_cache_key"] = [JsonValueKind.String],
        ["prompt_cache_retention"] = [JsonValueKind.String],
        ["reasoning_effort"] = [JsonValueKind.String],
        ["response_format"] = [JsonValueKind.Object],
        ["safety_identifier"] = [JsonValueKind.String],
        ["seed"] = [JsonValueKind.Number],
        ["service_tier"] = [JsonValueKind.String],
        ["stop"] = [JsonValueKind.String, JsonValueKind.Array],
        ["store"] = [JsonValueKind.True, JsonValueKind.False],
        ["stream"] = [JsonValueKind.True, JsonValueKind.False],
        ["stream_options"] = [JsonValueKind.Object],
        ["temperature"] = [JsonValueKind.Number],
        ["tool_choice"] = [JsonValueKind.String, JsonValueKind.Object],
        ["tools"] = [JsonValueKind.Array],
        ["top_logprobs"] = [JsonValueKind.Number],
        ["top_p"] = [JsonValueKind.Number],
        ["user"] = [JsonValueKind.String],
        ["verbosity"] = [JsonValueKind.String],
        ["web_search_options"] = [JsonValueKind.Object],
    }.ToFrozenDictionary();

    private static readonly string[] Roles = ["system", "assistant", "user", "function", "tool", "developer"];

    public Reply? Refuse(JsonElement body)
    {
        if (body.ValueKind is not JsonValueKind.Object) return Bad("We could not parse the JSON body of your request.");
        foreach (var member in body.EnumerateObject())
        {
            if (RefuseMember(member) is { } refusal) return refusal;
        }

        if (!body.TryGetProperty("model", out _)) return Bad("you must provide a model parameter");
        if (!body.TryGetProperty("messages", out var messages)) return Bad("Missing required parameter: 'messages'.", "messages", "missing_required_parameter");
        if (Enabled(body, "stream") is false && body.TryGetProperty("stream_options", out var options) && options.ValueKind is not JsonValueKind.Null)
            return Bad("The 'stream_options' parameter is only allowed when 'stream' is enabled.", "stream_options");
        return RefuseStreamOptions(body) ?? RefuseRanges(body) ?? RefuseMessages(messages);
    }

    private Reply? RefuseMember(JsonProperty member)
    {
        if (!Members.TryGetValue(member.Name, out var kinds))
            return refuseUnknownMembers ? Bad($"Unknown parameter: '{member.Name}'.", member.Name, "unknown_parameter") : null;
        if (kinds.Contains(member.Value.ValueKind) || (member.Value.ValueKind is JsonValueKind.Null && member.Name is not ("model" or "messages"))) return null;
        return Bad($"Invalid type for '{member.Name}': expected {kinds[0]}, but got {member.Value.ValueKind} instead.", member.Name, "invalid_type");
    }

    private static Reply? RefuseStreamOptions(JsonElement body)
    {
        if (!body.TryGetProperty("stream_options", out var options) || options.ValueKind is not JsonValueKind.Object) return null;
        foreach (var option in options.EnumerateObject())
        {
            if (option.Name is not ("include_usage" or "include_obfuscation"))
                return Bad($"Unknown parameter: 'stream_options.{option.Name}'.", $"stream_options.{option.Name}", "unknown_parameter");
            if (option.Value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
                return Bad($"Invalid type for 'stream_options.{option.Name}'.", $"stream_options.{option.Name}", "invalid_type");
        }

        return null;
    }

    private static Reply? RefuseRanges(JsonElement body)
    {
        if (Number(body, "temperature") is < 0 or > 2) return Bad("Invalid 'temperature': must be between 0 and 2.", "temperature", "decimal_out_of_range");
        if (Number(body, "top_p") is < 0 or > 1) return Bad("Invalid 'top_p': must be between 0 and 1.", "top_p", "decimal_out_of_range");
        if (Number(body, "n") is < 1 or > 128) return Bad("Invalid 'n': must be between 1 and 128.", "n", "integer_out_of_range");
        return null;
    }

    private static Reply? RefuseMessages(JsonElement messages)
    {
        if (messages.GetArrayLength() == 0)
            return Bad("Invalid 'messages': empty array. Expected an array with minimum length 1, but got an empty array instead.", "messages", "empty_array");
        var index = 0;
        foreach (var message in messages.EnumerateArray())
        {
            if (RefuseMessage(message, $"messages[{index++}]") is { } refusal) return refusal;
        }

        return null;
    }

    private static Reply? RefuseMessage(JsonElement message, string path)
    {
        if (message.ValueKind is not JsonValueKind.Object) return Bad($"Invalid type for '{path}': expected an object.", path, "invalid_type");
        if (!message.TryGetProperty("role", out var role)) return Bad($"Missing required parameter: '{path}.role'.", $"{path}.role", "missing_required_parameter");
        if (role.ValueKind is not JsonValueKind.String || !Roles.Contains(role.GetString()))
            return Bad($"Invalid value: '{role}'. Supported values are: 'system', 'assistant', 'user', 'function', 'tool', and 'developer'.", $"{path}.role", "invalid_value");
        if (role.ValueEquals("tool") && !message.TryGetProperty("tool_call_id", out _))
            return Bad($"Missing required parameter: '{path}.tool_call_id'.", $"{path}.tool_call_id", "missing_required_parameter");
        var hasContent = message.TryGetProperty("content", out var content) && content.ValueKind is not JsonValueKind.Null;
        if (!hasContent)
        {
            return role.ValueEquals("assistant")
                ? null
                : Bad($"Invalid value for 'content': expected a string, got null.", $"{path}.content");
        }

        return content.ValueKind is JsonValueKind.String or JsonValueKind.Array
            ? null
            : Bad($"Invalid type for '{path}.content': expected one of a string or array of objects.", $"{path}.content", "invalid_type");
    }

    private static bool Enabled(JsonElement body, string member) => body.TryGetProperty(member, out var value) && value.ValueKind is JsonValueKind.True;

    private static double? Number(JsonElement body, string member) =>
        body.TryGetProperty(member, out var value) && value.ValueKind is JsonValueKind.Number ? value.GetDouble() : null;

    private static Reply Bad(string message, string? param = null, string? code = null) =>
        OpenAiReplies.Error(400, message, "invalid_request_error", param, code);
}
