using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatKit.Gateway.Wire.Anthropic;

/// <summary>
/// A tool of the client (https://platform.claude.com/docs/en/agents-and-tools/tool-use/define-tools), or one of Anthropic's own, which has a
/// <see cref="Type"/> and settings in place of a schema.
/// </summary>
internal sealed record MessagesTool([property: JsonPropertyOrder(-1)] string Name)
{
    [JsonPropertyOrder(-2)]
    public string? Type { get; init; }

    public JsonElement? InputSchema { get; init; }

    public string? Description { get; init; }

    /// <summary>The provider guarantees that the arguments match the schema.</summary>
    public bool? Strict { get; init; }

    public JsonElement? CacheControl { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}

/// <summary><c>auto</c>, <c>any</c>, <c>none</c>, or <c>tool</c> with its <see cref="Name"/>.</summary>
internal sealed record MessagesToolChoice(string Type)
{
    public string? Name { get; init; }

    public bool? DisableParallelToolUse { get; init; }
}
