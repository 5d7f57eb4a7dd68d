using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatKit.Backend.Agent;

/// <summary>
/// What providers add to a chunk's <c>delta</c> beyond OpenAI's package: reasoning under its several names, sources, pictures. LiteLLM has them so for every
/// provider (https://docs.litellm.ai/docs/reasoning_content, https://docs.litellm.ai/docs/completion/web_search, https://docs.litellm.ai/docs/completion/image_generation_chat).
/// <code>{"reasoning_content":"Hm","thinking_blocks":[{"type":"thinking","thinking":"Hm","signature":"…"}],
///  "annotations":[{"type":"url_citation","url_citation":{"url":"…","title":"…","start_index":0,"end_index":9}}],
///  "images":[{"type":"image_url","image_url":{"url":"data:image/png;base64,…"}}]}</code>
/// </summary>
internal sealed record ModelDelta
{
    public string? ReasoningContent { get; init; }

    /// <summary>The same at OpenRouter, Groq and Ollama; an object at others, which is not read.</summary>
    public JsonElement? Reasoning { get; init; }

    public IReadOnlyList<JsonElement>? ThinkingBlocks { get; init; }

    public IReadOnlyList<DeltaAnnotation>? Annotations { get; init; }

    public IReadOnlyList<DeltaImage>? Images { get; init; }

    [JsonIgnore]
    public string? Thought => ReasoningContent ?? (Reasoning is { ValueKind: JsonValueKind.String } text ? text.GetString() : null);

    /// <summary>Null where it is of another shape.</summary>
    public static ModelDelta? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ModelDeltaJson.Default.ModelDelta);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

internal sealed record DeltaAnnotation(string? Type, DeltaCitation? UrlCitation);

internal sealed record DeltaCitation(string? Url, string? Title, int? EndIndex);

internal sealed record DeltaImage(DeltaImageUrl? ImageUrl);

internal sealed record DeltaImageUrl(string? Url);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ModelDelta))]
internal sealed partial class ModelDeltaJson : JsonSerializerContext;
