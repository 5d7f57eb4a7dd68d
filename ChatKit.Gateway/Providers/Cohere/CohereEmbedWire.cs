using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatKit.Gateway.Providers.Cohere;

/// <summary>
/// A request to POST /v2/embed (https://docs.cohere.com/reference/embed):
/// <code>{"model":"embed-v4.0","input_type":"search_query","texts":["a"],"embedding_types":["float"],"output_dimension":256}</code>
/// </summary>
internal sealed record CohereEmbedRequest(string Model, string InputType, IReadOnlyList<string> EmbeddingTypes)
{
    public IReadOnlyList<string>? Texts { get; init; }

    /// <summary>Base64 data URLs.</summary>
    public IReadOnlyList<string>? Images { get; init; }

    public JsonElement? OutputDimension { get; init; }

    /// <summary>Cohere's own: <c>truncate</c>, <c>max_tokens</c>, <c>priority</c> …</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}

/// <summary><code>{"id":"…","embeddings":{"float":[[0.016,-0.008]]},"texts":["a"],"meta":{"billed_units":{"input_tokens":2}}}</code></summary>
internal sealed record CohereEmbedAnswer(string? Id, CohereVectors? Embeddings, CohereEmbedMeta? Meta);

internal sealed record CohereVectors(IReadOnlyList<JsonElement>? Float);

internal sealed record CohereEmbedMeta(CohereTokens? BilledUnits);
