using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatKit.Gateway.Wire.LiteLlm;

/// <summary>
/// One call in LiteLLM's spend log, as <c>/spend/logs</c> and exports of its table have it (https://docs.litellm.ai/docs/proxy/cost_tracking):
/// <code>{"request_id":"…","model_group":"smart","model":"gpt-4o","custom_llm_provider":"openai","model_id":"…","startTime":"2026-11-01T12:00:00.120Z","endTime":"…","prompt_tokens":812,"completion_tokens":120,"spend":0.00323,"status":"success","request_tags":["a"],"metadata":{…}}</code>
/// </summary>
internal sealed record SpendRowWire
{
    public string? Model { get; init; }

    public string? ModelGroup { get; init; }

    public string? ModelId { get; init; }

    public string? CustomLlmProvider { get; init; }

    [JsonPropertyName("startTime")]
    public string? StartTime { get; init; }

    [JsonPropertyName("endTime")]
    public string? EndTime { get; init; }

    public long? PromptTokens { get; init; }

    public long? CompletionTokens { get; init; }

    public decimal? Spend { get; init; }

    /// <summary><c>success</c> or <c>failure</c>.</summary>
    public string? Status { get; init; }

    /// <summary>A list, or in older exports its JSON as text.</summary>
    public JsonElement RequestTags { get; init; }

    /// <summary>An object, or in older exports its JSON as text.</summary>
    public JsonElement Metadata { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(SpendRowWire))]
internal sealed partial class SpendRowJson : JsonSerializerContext;
