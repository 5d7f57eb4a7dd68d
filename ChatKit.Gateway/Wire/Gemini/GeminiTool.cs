using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatKit.Gateway.Wire.Gemini;

/// <summary>
/// Functions that the model may call, or one of Google's own tools (<c>googleSearch</c>, <c>codeExecution</c>, <c>urlContext</c> …), which stay in
/// <see cref="Others"/> (https://ai.google.dev/api/caching#Tool).
/// </summary>
internal sealed record GeminiTool
{
    public IReadOnlyList<GeminiFunction>? FunctionDeclarations { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}

/// <summary>A function. Its parameters are described in JSON Schema, or in the older subset of OpenAPI.</summary>
internal sealed record GeminiFunction(string? Name)
{
    public string? Description { get; init; }

    public JsonElement? ParametersJsonSchema { get; init; }

    public JsonElement? Parameters { get; init; }
}

/// <summary>Whether and which functions are called (https://ai.google.dev/api/caching#ToolConfig).</summary>
internal sealed record GeminiToolConfig
{
    public GeminiFunctionCalling? FunctionCallingConfig { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}

/// <summary><paramref name="Mode"/> is <c>AUTO</c>, <c>ANY</c>, <c>NONE</c> or <c>VALIDATED</c> (as AUTO, with arguments held to their schema).</summary>
internal sealed record GeminiFunctionCalling(string? Mode)
{
    public IReadOnlyList<string>? AllowedFunctionNames { get; init; }
}
