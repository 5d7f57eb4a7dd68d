using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Wire.Anthropic;

namespace ChatKit.Gateway.Providers.Anthropic;

/// <summary>
/// <c>web_search_options</c> → the server tool that searches (https://platform.claude.com/docs/en/agents-and-tools/tool-use/web-search-tool). How much context to
/// bring becomes how often to search, with LiteLLM's numbers.
/// <code>
/// {"search_context_size":"low","user_location":{"type":"approximate","approximate":{"country":"FR","city":"Lyon"}}}
/// </code>
/// </summary>
internal static class AnthropicWebSearch
{
    private const string Parameter = "web_search_options";

    /// <summary>The tool; null where the member is not given.</summary>
    public static GatewayError? Read(JsonElement? options, out MessagesTool? tool)
    {
        tool = null;
        if (options is not { } given) return null;
        if (given.ValueKind is not JsonValueKind.Object) return ChatRefusals.Invalid(Parameter, $"'{Parameter}' is an object.");
        var members = new Dictionary<string, JsonElement>();
        if (given.TryGetProperty("search_context_size", out var size) && size.ValueKind is not JsonValueKind.Null)
        {
            var uses = size.ValueKind is not JsonValueKind.String ? 0 : size.GetString() switch { "low" => 1, "medium" => 5, "high" => 10, _ => 0 };
            if (uses == 0) return ChatRefusals.Invalid($"{Parameter}.search_context_size", "'search_context_size' is low, medium or high.");
            members["max_uses"] = JsonElement.Parse($"{uses}");
        }

        if (given.TryGetProperty("user_location", out var location) && location.ValueKind is not JsonValueKind.Null)
        {
            if (location.ValueKind is not JsonValueKind.Object || !location.TryGetProperty("approximate", out var place) || place.ValueKind is not JsonValueKind.Object)
                return ChatRefusals.Invalid($"{Parameter}.user_location", "'user_location' is an object of type 'approximate' with a place in 'approximate'.");
            members["user_location"] = Location(place);
        }

        tool = new MessagesTool("web_search") { Type = "web_search_20250305", Others = members.Count > 0 ? members : null };
        return null;
    }

    private static JsonElement Location(JsonElement place)
    {
        var parts = place.EnumerateObject().Where(static part => part.Name is not "type" && part.Value.ValueKind is not JsonValueKind.Null)
            .Select(static part => $"{JsonEncodedText.Encode(part.Name)}\":{part.Value.GetRawText()}");
        return JsonElement.Parse($$"""{"type":"approximate"{{string.Concat(parts.Select(static part => ",\"" + part))}}}""");
    }
}
