using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatKit.Gateway.Wire.OpenAi;

/// <summary>A tool that the model may call (https://platform.openai.com/docs/guides/function-calling).</summary>
internal sealed record ChatTool
{
    /// <summary><c>function</c>, or a newer kind that is not translated.</summary>
    public string? Type { get; init; }

    public ChatFunction? Function { get; init; }

    /// <summary>LiteLLM's extension: a cache breakpoint after this tool, in Anthropic's form.</summary>
    public JsonElement? CacheControl { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}

/// <summary>What a function is called, is for, and takes.</summary>
internal sealed record ChatFunction
{
    public string? Name { get; init; }

    public string? Description { get; init; }

    /// <summary>A JSON schema; none means no parameters.</summary>
    public JsonElement? Parameters { get; init; }

    public bool? Strict { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}

/// <summary>
/// A call that the model made: whole in a message, in pieces in a stream, where <see cref="Index"/> says which call a piece belongs to and only the first
/// has id, type and name.
/// </summary>
internal sealed record ChatToolCall
{
    public int? Index { get; init; }

    public string? Id { get; init; }

    public string? Type { get; init; }

    public ChatFunctionCall? Function { get; init; }

    /// <summary>LiteLLM's extension: what the provider added for itself, to be sent back as it is.</summary>
    public JsonElement? ProviderSpecificFields { get; init; }

    /// <summary>The same in Google's OpenAI endpoint.</summary>
    public JsonElement? ExtraContent { get; init; }
}

/// <summary><paramref name="Arguments"/> is JSON in a string.</summary>
internal sealed record ChatFunctionCall(string? Name, string? Arguments);
