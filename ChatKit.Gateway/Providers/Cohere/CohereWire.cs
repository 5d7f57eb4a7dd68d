using System.Text.Json;
using System.Text.Json.Serialization;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Providers.Cohere;

/// <summary>A request to POST /v2/chat (https://docs.cohere.com/reference/chat).</summary>
internal sealed record CohereRequest(string Model, IReadOnlyList<CohereMessage> Messages)
{
    public bool? Stream { get; init; }

    public long? MaxTokens { get; init; }

    public decimal? Temperature { get; init; }

    public decimal? P { get; init; }

    public JsonElement? K { get; init; }

    public IReadOnlyList<string>? StopSequences { get; init; }

    public JsonElement? Seed { get; init; }

    public JsonElement? FrequencyPenalty { get; init; }

    public JsonElement? PresencePenalty { get; init; }

    public CohereFormat? ResponseFormat { get; init; }

    public IReadOnlyList<CohereTool>? Tools { get; init; }

    /// <summary><c>REQUIRED</c> or <c>NONE</c>; absent, the model decides.</summary>
    public string? ToolChoice { get; init; }

    public bool? StrictTools { get; init; }

    public CohereThinking? Thinking { get; init; }

    /// <summary>Cohere's own: <c>documents</c>, <c>citation_options</c>, <c>safety_mode</c>, <c>priority</c> …</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}

/// <summary>One message. <see cref="Content"/> is text as a string, or blocks.</summary>
internal sealed record CohereMessage(string Role)
{
    public JsonElement? Content { get; init; }

    public IReadOnlyList<CohereCall>? ToolCalls { get; init; }

    /// <summary>Why the assistant called its tools.</summary>
    public string? ToolPlan { get; init; }

    public string? ToolCallId { get; init; }
}

/// <summary>A block of content: <c>text</c>, <c>image_url</c> or <c>thinking</c>.</summary>
internal sealed record CohereBlock(string? Type)
{
    public string? Text { get; init; }

    public string? Thinking { get; init; }

    public CohereImage? ImageUrl { get; init; }
}

/// <summary>A web address or a base64 data URL.</summary>
internal sealed record CohereImage(string Url, string? Detail);

/// <summary>A call of a tool, as OpenAI has it too; in a stream <c>arguments</c> come in pieces.</summary>
internal sealed record CohereCall
{
    public string? Id { get; init; }

    public string? Type { get; init; }

    public CohereCalled? Function { get; init; }
}

internal sealed record CohereCalled(string? Name, string? Arguments);

internal sealed record CohereTool(string Type, CohereFunction Function);

internal sealed record CohereFunction(string Name, string? Description, JsonElement Parameters);

/// <summary><c>json_object</c>, with a schema or without.</summary>
internal sealed record CohereFormat(string Type, JsonElement? JsonSchema);

/// <summary>https://docs.cohere.com/docs/reasoning</summary>
internal sealed record CohereThinking(string Type, long? TokenBudget);

/// <summary>
/// A whole answer:
/// <code>{"id":"…","finish_reason":"COMPLETE","message":{"role":"assistant","content":[{"type":"text","text":"Hi"}]},"usage":{"billed_units":{"input_tokens":5,"output_tokens":2}}}</code>
/// </summary>
internal sealed record CohereAnswer(string? Id, string? FinishReason, CohereAnswerMessage? Message, CohereUsage? Usage);

internal sealed record CohereAnswerMessage
{
    public IReadOnlyList<CohereBlock?>? Content { get; init; }

    public string? ToolPlan { get; init; }

    public IReadOnlyList<CohereCall?>? ToolCalls { get; init; }

    public IReadOnlyList<JsonElement>? Citations { get; init; }
}

/// <summary>What was paid for, and what the model saw: its own preamble is in <see cref="Tokens"/> and not in <see cref="BilledUnits"/>. Numbers may come as <c>18.0</c>.</summary>
internal sealed record CohereUsage(CohereTokens? BilledUnits, CohereTokens? Tokens, double? CachedTokens);

internal sealed record CohereTokens(double? InputTokens, double? OutputTokens, double? ImageTokens);

/// <summary>
/// One event of a stream, told apart by <see cref="Type"/> (https://docs.cohere.com/docs/streaming). The members of <c>delta.message</c> are objects in some events and
/// empty arrays in others.
/// <code>{"type":"content-delta","index":0,"delta":{"message":{"content":{"text":"Hi"}}}}</code>
/// </summary>
internal sealed record CohereEvent(string? Type, string? Id, int? Index, CohereDelta? Delta);

internal sealed record CohereDelta(CohereDeltaMessage? Message, string? FinishReason, CohereUsage? Usage, string? Error);

internal sealed record CohereDeltaMessage(JsonElement? Content, string? ToolPlan, JsonElement? ToolCalls, JsonElement? Citations);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, MaxDepth = JsonLimits.MaxDepth)]
[JsonSerializable(typeof(CohereRequest))]
[JsonSerializable(typeof(List<CohereBlock>))]
[JsonSerializable(typeof(CohereAnswer))]
[JsonSerializable(typeof(CohereEvent))]
[JsonSerializable(typeof(CohereEmbedRequest))]
[JsonSerializable(typeof(CohereEmbedAnswer))]
internal sealed partial class CohereJson : JsonSerializerContext;
