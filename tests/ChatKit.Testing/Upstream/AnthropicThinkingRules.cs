using System.Text.Json;

namespace ChatKit.Testing.Upstream;

/// <summary>
/// What depends on the model: thinking, effort, structured output and sampling (https://platform.claude.com/docs/en/build-with-claude/extended-thinking,
/// /adaptive-thinking, /effort, /structured-outputs).
/// </summary>
internal static class AnthropicThinkingRules
{
    private static readonly string[] ByBudgetOnly = ["-3-7", "-4-0", "-4-1", "-4-5", "-4-2025"];
    private static readonly string[] Both = ["-4-6"];
    private static readonly string[] WithoutFormat = ["claude-3", "-4-0", "-4-2025"];

    /// <summary>The message of the error; null where the request is fine.</summary>
    public static string? Refuse(JsonElement body)
    {
        var model = body.GetProperty("model").GetString()!;
        return Thinking(body, model) ?? Sampling(body, model) ?? Output(body, model);
    }

    private static string? Thinking(JsonElement body, string model)
    {
        if (!body.TryGetProperty("thinking", out var thinking)) return null;
        var type = thinking.TryGetProperty("type", out var given) ? given.GetString() : null;
        if (type is not ("enabled" or "adaptive" or "disabled")) return $"thinking: Input tag '{type}' found using 'type' does not match any of the expected tags: 'adaptive', 'disabled', 'enabled'";
        if (thinking.EnumerateObject().FirstOrDefault(member => member.Name is not ("type" or "display") && !(type is "enabled" && member.Name is "budget_tokens")) is { Value.ValueKind: not JsonValueKind.Undefined } extra)
            return $"thinking.{type}.{extra.Name}: Extra inputs are not permitted";
        if (type is "adaptive" && (Fits(model, ByBudgetOnly) || model.Contains("claude-3-5"))) return "adaptive thinking is not supported on this model";
        if (type is "enabled" && !Fits(model, ByBudgetOnly) && !Fits(model, Both)) return "\"thinking.type.enabled\" is not supported for this model. Use \"thinking.type.adaptive\" and \"output_config.effort\" to control thinking behavior.";
        if (type is "disabled") return null;
        if (body.TryGetProperty("tool_choice", out var choice) && choice.GetProperty("type").GetString() is "any" or "tool") return "Thinking may not be enabled when tool_choice forces tool use.";
        if (Number(body, "temperature") is { } temperature && temperature != 1) return "`temperature` may only be set to 1 when thinking is enabled or in adaptive mode.";
        if (Number(body, "top_p") is < 0.95) return "`top_p` must be greater than or equal to 0.95 or unset when thinking is enabled or in adaptive mode.";
        if (body.TryGetProperty("top_k", out _)) return "`top_k` must be unset when thinking is enabled or in adaptive mode.";
        return type is "enabled" ? Budget(body, thinking) : null;
    }

    private static string? Budget(JsonElement body, JsonElement thinking)
    {
        if (Number(thinking, "budget_tokens") is not { } budget) return "thinking.enabled.budget_tokens: Field required";
        if (budget < 1024) return "thinking.enabled.budget_tokens: Input should be greater than or equal to 1024";
        if (budget >= body.GetProperty("max_tokens").GetInt64()) return "`max_tokens` must be greater than `thinking.budget_tokens`.";
        var last = body.GetProperty("messages").EnumerateArray().LastOrDefault(static message => message.GetProperty("role").ValueEquals("assistant"));
        return last.ValueKind is JsonValueKind.Object && last.GetProperty("content") is { ValueKind: JsonValueKind.Array } blocks && blocks.GetArrayLength() > 0 &&
            blocks.EnumerateArray().Any(static block => block.GetProperty("type").ValueEquals("tool_use")) && blocks[0].GetProperty("type").GetString() is not ("thinking" or "redacted_thinking")
            ? "messages: Expected `thinking` or `redacted_thinking`, but found `tool_use`. When `thinking` is enabled, a final `assistant` message must start with a thinking block."
            : null;
    }

    private static string? Sampling(JsonElement body, string model)
    {
        if (!model.StartsWith("claude-", StringComparison.Ordinal) || model.Contains("claude-3") || Fits(model, ByBudgetOnly) || Fits(model, Both)) return null;
        string[] names = ["temperature", "top_p", "top_k"];
        return names.FirstOrDefault(name => body.TryGetProperty(name, out _)) is { } refused ? $"`{refused}` is not supported on this model." : null;
    }

    private static string? Output(JsonElement body, string model)
    {
        if (!body.TryGetProperty("output_config", out var output)) return null;
        foreach (var member in output.EnumerateObject())
            if (member.Name is not ("effort" or "format"))
                return $"output_config.{member.Name}: Extra inputs are not permitted";
        if (output.TryGetProperty("effort", out var effort))
        {
            if (effort.GetString() is not ("low" or "medium" or "high" or "xhigh" or "max")) return "output_config.effort: Input should be 'low', 'medium', 'high', 'xhigh' or 'max'";
            if (Fits(model, ByBudgetOnly)) return "This model does not support the effort parameter.";
            if (effort.ValueEquals("xhigh") && Fits(model, Both)) return "This model does not support effort level 'xhigh'. Supported levels: high, low, max, medium.";
        }

        if (!output.TryGetProperty("format", out var format)) return null;
        if (Fits(model, WithoutFormat)) return $"'{model}' does not support output format.";
        if (!format.TryGetProperty("schema", out var schema)) return "output_config.format.schema: Field required";
        return Open(schema) ? "output_config.format.schema: For 'object' type, 'additionalProperties' must be explicitly set to false" : null;
    }

    /// <summary>True for an object anywhere in the schema that allows members it does not name.</summary>
    private static bool Open(JsonElement schema) => schema.ValueKind switch
    {
        JsonValueKind.Array => schema.EnumerateArray().Any(Open),
        JsonValueKind.Object => (schema.TryGetProperty("type", out var type) && type.ValueKind is JsonValueKind.String && type.ValueEquals("object") &&
                !(schema.TryGetProperty("additionalProperties", out var others) && others.ValueKind is JsonValueKind.False)) || schema.EnumerateObject().Any(static member => Open(member.Value)),
        _ => false,
    };

    private static bool Fits(string model, string[] names) => names.Any(name => model.Contains(name, StringComparison.Ordinal));

    private static double? Number(JsonElement body, string member) =>
        body.TryGetProperty(member, out var value) && value.ValueKind is JsonValueKind.Number ? value.GetDouble() : null;
}
