using System.Text.Json;
using System.Text.Json.Serialization;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Providers.Ollama;

/// <summary>A request to POST /api/chat (https://docs.ollama.com/api/chat).</summary>
internal sealed record OllamaRequest(string Model, IReadOnlyList<OllamaMessage> Messages, bool Stream)
{
    public IReadOnlyList<OllamaTool>? Tools { get; init; }

    /// <summary><c>"json"</c>, or a JSON schema.</summary>
    public JsonElement? Format { get; init; }

    /// <summary>A switch, or a level.</summary>
    public JsonElement? Think { get; init; }

    public JsonElement? KeepAlive { get; init; }

    /// <summary>How the model runs: <c>num_ctx</c>, <c>temperature</c> …</summary>
    public Dictionary<string, JsonElement>? Options { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}

internal sealed record OllamaMessage(string Role, string Content)
{
    public string? Thinking { get; init; }

    /// <summary>Base64, without the head of a data URL.</summary>
    public IReadOnlyList<string>? Images { get; init; }

    public IReadOnlyList<OllamaCall>? ToolCalls { get; init; }

    public string? ToolName { get; init; }

    public string? ToolCallId { get; init; }
}

/// <summary>A call with its arguments as an object.</summary>
internal sealed record OllamaCall(string? Id, OllamaCalled? Function);

internal sealed record OllamaCalled(string? Name, JsonElement? Arguments);

internal sealed record OllamaTool(string Type, OllamaFunction Function);

internal sealed record OllamaFunction(string Name, string? Description, JsonElement Parameters);

/// <summary>
/// An answer, or a line of a streamed one: lines add to one another, and the last is <c>done</c> and has the counts
/// (https://docs.ollama.com/api/streaming).
/// <code>{"model":"qwen3","created_at":"…","message":{"role":"assistant","content":"Hi"},"done":true,"done_reason":"stop","prompt_eval_count":9,"eval_count":2}</code>
/// </summary>
internal sealed record OllamaAnswer
{
    public string? Model { get; init; }

    public OllamaAnswerMessage? Message { get; init; }

    public bool Done { get; init; }

    public string? DoneReason { get; init; }

    public long? PromptEvalCount { get; init; }

    public long? EvalCount { get; init; }

    /// <summary>What went wrong, in place of everything else.</summary>
    public string? Error { get; init; }
}

internal sealed record OllamaAnswerMessage(string? Content, string? Thinking, IReadOnlyList<OllamaCall?>? ToolCalls);

/// <summary>An answer of POST /api/embed: <code>{"model":"m","embeddings":[[0.01,-0.02]],"prompt_eval_count":8}</code></summary>
internal sealed record OllamaVectors(string? Model, IReadOnlyList<JsonElement>? Embeddings, long? PromptEvalCount);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, MaxDepth = JsonLimits.MaxDepth)]
[JsonSerializable(typeof(OllamaRequest))]
[JsonSerializable(typeof(OllamaAnswer))]
[JsonSerializable(typeof(OllamaVectors))]
internal sealed partial class OllamaJson : JsonSerializerContext;
