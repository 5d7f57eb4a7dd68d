using System.Text.Json;
using System.Text.RegularExpressions;

namespace ChatKit.Testing.Upstream;

/// <summary>What Converse refuses in a body, by the service's model (botocore's <c>bedrock-runtime/2023-09-30</c>) and in its own words where they are known.</summary>
public static partial class BedrockRequestRules
{
    private static readonly string[] Members =
        ["messages", "system", "inferenceConfig", "toolConfig", "guardrailConfig", "additionalModelRequestFields", "promptVariables",
         "additionalModelResponseFieldPaths", "requestMetadata", "performanceConfig", "serviceTier", "outputConfig"];

    /// <summary>What the models that answer here take beside what Converse has; the second last is gpt-oss's, the last Nova's.</summary>
    private static readonly string[] ModelFields = ["top_k", "thinking", "anthropic_beta", "tool_choice", "output_config", "reasoning_effort", "inferenceConfig"];

    /// <summary>The message of the error; null where the request is fine.</summary>
    public static string? Refuse(JsonElement body)
    {
        if (body.ValueKind is not JsonValueKind.Object) return "Malformed input request.";
        foreach (var member in body.EnumerateObject())
            if (!Members.Contains(member.Name))
                return $"Unknown field {member.Name}";
        if (Member(body, "additionalModelRequestFields") is { } fields)
            foreach (var field in fields.EnumerateObject())
                if (!ModelFields.Contains(field.Name))
                    return $"The model returned the following errors: {field.Name}: Extra inputs are not permitted";
        return Inference(body) ?? Tools(body) ?? Format(body) ?? System(body) ?? BedrockContentRules.Refuse(body);
    }

    private static string? Inference(JsonElement body)
    {
        if (Member(body, "inferenceConfig") is not { } config) return null;
        foreach (var member in config.EnumerateObject())
        {
            var wrong = member.Name switch
            {
                "maxTokens" => !member.Value.TryGetInt32(out var limit) || limit < 1,
                "temperature" or "topP" => member.Value.GetDouble() is < 0 or > 1,
                "stopSequences" => member.Value.EnumerateArray().Any(static stop => stop.GetString() is ""),
                _ => true,
            };
            if (wrong) return $"Value at 'inferenceConfig.{member.Name}' failed to satisfy constraint";
        }

        return null;
    }

    private static string? Tools(JsonElement body)
    {
        if (Member(body, "toolConfig") is not { } config) return null;
        if (!config.TryGetProperty("tools", out var tools) || tools.GetArrayLength() == 0) return "Value at 'toolConfig.tools' failed to satisfy constraint: Member must have length greater than or equal to 1";
        foreach (var tool in tools.EnumerateArray())
        {
            if (tool.TryGetProperty("cachePoint", out var point) && BedrockContentRules.CachePoint(point) is { } wrongPoint) return wrongPoint;
            if (!tool.TryGetProperty("toolSpec", out var spec)) continue;
            if (!spec.TryGetProperty("name", out var name) || !ToolName().IsMatch(name.GetString()!)) return "Value at 'toolConfig.tools.1.member.toolSpec.name' failed to satisfy constraint";
            if (spec.TryGetProperty("description", out var description) && description.GetString() is "") return "Value at 'toolSpec.description' failed to satisfy constraint";
            if (!spec.TryGetProperty("inputSchema", out var schema) || !schema.TryGetProperty("json", out var json) || !json.TryGetProperty("type", out var type) || !type.ValueEquals("object"))
                return "The value at toolConfig.tools.0.toolSpec.inputSchema.json.type must be one of the following: object.";
        }

        return config.TryGetProperty("toolChoice", out var choice) && choice.EnumerateObject().Count() != 1 ? "Exactly one of auto, any, tool must be set in toolChoice." : null;
    }

    private static string? Format(JsonElement body)
    {
        if (Member(body, "outputConfig") is not { } output || Member(output, "textFormat") is not { } format) return null;
        return format.GetProperty("type").ValueEquals("json_schema") && format.GetProperty("structure").GetProperty("jsonSchema").GetProperty("schema").ValueKind is JsonValueKind.String
            ? null
            : "Value at 'outputConfig.textFormat' failed to satisfy constraint";
    }

    private static string? System(JsonElement body)
    {
        if (Member(body, "system") is not { } system) return null;
        foreach (var block in system.EnumerateArray())
            if (block.TryGetProperty("text", out var text) ? text.GetString() is "" : !block.TryGetProperty("cachePoint", out _) && !block.TryGetProperty("guardContent", out _))
                return "Value at 'system.1.member.text' failed to satisfy constraint";
        return null;
    }

    private static JsonElement? Member(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value : null;

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,64}$")]
    private static partial Regex ToolName();
}
