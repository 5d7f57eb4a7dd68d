using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatKit.Gateway.Wire.Gemini;

/// <summary>
/// What is asked of Gemini (https://ai.google.dev/api/generate-content), by us or by a client of ours:
/// <code>{"contents":[{"role":"user","parts":[{"text":"Hi"}]}],"generationConfig":{"temperature":0.5}}</code>
/// Messages may have grown members that are not here: <see cref="Others"/> keeps them.
/// </summary>
internal sealed record GenerateContentRequest
{
    public GeminiContent? SystemInstruction { get; init; }

    public IReadOnlyList<GeminiContent>? Contents { get; init; }

    public IReadOnlyList<GeminiTool>? Tools { get; init; }

    public GeminiToolConfig? ToolConfig { get; init; }

    public GenerationConfig? GenerationConfig { get; init; }

    /// <summary>AI Studio: <c>flex</c>, <c>standard</c> or <c>priority</c>.</summary>
    public string? ServiceTier { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}

/// <summary>One turn. <paramref name="Role"/> is <c>user</c> or <c>model</c>; a system instruction has none.</summary>
internal sealed record GeminiContent(string? Role, IReadOnlyList<GeminiPart>? Parts);
