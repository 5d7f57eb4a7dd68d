using System.Collections.Frozen;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ChatKit.Testing.Upstream;

/// <summary>What Anthropic refuses in the body of a Messages request, in its own words where they are known.</summary>
public static partial class AnthropicRequestRules
{
    private static readonly FrozenDictionary<string, JsonValueKind[]> Members = new Dictionary<string, JsonValueKind[]>
    {
        ["model"] = [JsonValueKind.String],
        ["max_tokens"] = [JsonValueKind.Number],
        ["messages"] = [JsonValueKind.Array],
        ["cache_control"] = [JsonValueKind.Object, JsonValueKind.Null],
        ["container"] = [JsonValueKind.String, JsonValueKind.Object, JsonValueKind.Null],
        ["context_management"] = [JsonValueKind.Object, JsonValueKind.Null],
        ["inference_geo"] = [JsonValueKind.String, JsonValueKind.Null],
        ["mcp_servers"] = [JsonValueKind.Array],
        ["metadata"] = [JsonValueKind.Object],
        ["output_config"] = [JsonValueKind.Object],
        ["service_tier"] = [JsonValueKind.String],
        ["speed"] = [JsonValueKind.String, JsonValueKind.Null],
        ["stop_sequences"] = [JsonValueKind.Array],
        ["stream"] = [JsonValueKind.True, JsonValueKind.False],
        ["system"] = [JsonValueKind.String, JsonValueKind.Array],
        ["temperature"] = [JsonValueKind.Number],
        ["thinking"] = [JsonValueKind.Object],
        ["thread"] = [JsonValueKind.Object, JsonValueKind.Null],
        ["tool_choice"] = [JsonValueKind.Object],
        ["tools"] = [JsonValueKind.Array],
        ["top_k"] = [JsonValueKind.Number],
        ["top_p"] = [JsonValueKind.Number],
    }.ToFrozenDictionary();

    /// <summary>What a request to count tokens may not have (https://platform.claude.com/docs/en/api/messages/count_tokens).</summary>
    private static readonly string[] OfAnswers = ["max_tokens", "metadata", "service_tier", "stop_sequences", "stream", "temperature", "top_k", "top_p"];

    /// <summary>The message of the error; null where the request is fine.</summary>
    public static string? Refuse(JsonElement body) =>
        body.ValueKind is not JsonValueKind.Object ? "Input should be a valid dictionary"
        : Known(body, "model", "max_tokens", "messages") ?? Sampling(body) ?? AnthropicThinkingRules.Refuse(body) ?? Metadata(body) ?? AnthropicToolRules.Refuse(body) ?? AnthropicContentRules.Refuse(body);

    /// <summary>The same for a request that only counts tokens.</summary>
    public static string? RefuseCount(JsonElement body)
    {
        if (body.ValueKind is not JsonValueKind.Object) return "Input should be a valid dictionary";
        foreach (var name in OfAnswers)
            if (body.TryGetProperty(name, out _))
                return $"{name}: Extra inputs are not permitted";
        return Known(body, "model", "messages") ?? AnthropicToolRules.Refuse(body) ?? AnthropicContentRules.Refuse(body);
    }

    private static string? Known(JsonElement body, params string[] required)
    {
        foreach (var name in required)
            if (!body.TryGetProperty(name, out _))
                return $"{name}: Field required";
        foreach (var member in body.EnumerateObject())
        {
            if (!Members.TryGetValue(member.Name, out var kinds)) return $"{member.Name}: Extra inputs are not permitted";
            if (!kinds.Contains(member.Value.ValueKind)) return $"{member.Name}: Input should be a valid {kinds[0].ToString().ToLowerInvariant()}";
        }

        return null;
    }

    private static string? Sampling(JsonElement body)
    {
        if (body.GetProperty("model").GetString() is "") return "model: String should have at least 1 character";
        if (!body.GetProperty("max_tokens").TryGetInt64(out var limit)) return "max_tokens: Input should be a valid integer";
        if (limit < 0) return "max_tokens: Input should be greater than or equal to 0";
        if (Number(body, "temperature") is < 0 or > 1) return "temperature: range: 0..1";
        if (Number(body, "top_p") is < 0 or > 1) return "top_p: range: 0..1";
        if (body.TryGetProperty("stop_sequences", out var stops) && stops.EnumerateArray().Any(static stop => stop.ValueKind is not JsonValueKind.String || string.IsNullOrWhiteSpace(stop.GetString())))
            return "stop_sequences: each stop sequence must contain non-whitespace";
        if (body.TryGetProperty("service_tier", out var tier) && tier.GetString() is not ("auto" or "standard_only"))
            return "service_tier: Input should be 'auto' or 'standard_only'";
        return null;
    }

    private static string? Metadata(JsonElement body)
    {
        if (!body.TryGetProperty("metadata", out var metadata)) return null;
        foreach (var member in metadata.EnumerateObject())
        {
            if (member.Name != "user_id") return $"metadata.{member.Name}: Extra inputs are not permitted";
            var id = member.Value.ValueKind is JsonValueKind.String ? member.Value.GetString()! : "";
            if (id.Length > 256) return "metadata.user_id: String should have at most 256 characters";
            if (Email().IsMatch(id)) return "metadata.user_id: user_id appears to contain an email address";
            if (Phone().IsMatch(id)) return "metadata.user_id: user_id appears to contain a phone number";
        }

        return null;
    }

    private static double? Number(JsonElement body, string member) =>
        body.TryGetProperty(member, out var value) && value.ValueKind is JsonValueKind.Number ? value.GetDouble() : null;

    [GeneratedRegex(@"[^@\s]+@[^@\s]+\.[^@\s]+")]
    private static partial Regex Email();

    [GeneratedRegex(@"^\+?[\d\s().-]{7,}$")]
    private static partial Regex Phone();
}
