using System.Text.Json;
using System.Text.Json.Serialization;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Providers.Rerank;

/// <summary>
/// A client's rerank request, in Cohere's shape of either version (https://docs.cohere.com/reference/rerank):
/// <code>{"model":"rerank-v3.5","query":"capital of France","documents":["Rome",{"text":"Paris"}],"top_n":1,"return_documents":true}</code>
/// </summary>
internal sealed record RerankRequest
{
    public string? Model { get; init; }

    public string? Query { get; init; }

    public IReadOnlyList<JsonElement>? Documents { get; init; }

    public int? TopN { get; init; }

    /// <summary>Cohere's first version: the answer repeats the texts. The gateway sees to it, whoever ranks.</summary>
    public bool? ReturnDocuments { get; init; }

    public int? MaxTokensPerDoc { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}

/// <summary>What a reranker answers: <see cref="Results"/> at Cohere and Jina, <see cref="Data"/> at Voyage; what was paid for in one of two places.</summary>
internal sealed record RankedAnswer
{
    public string? Id { get; init; }

    public IReadOnlyList<RankedResult?>? Results { get; init; }

    public IReadOnlyList<RankedResult?>? Data { get; init; }

    public RankedUsage? Usage { get; init; }

    public JsonElement? Meta { get; init; }
}

/// <summary>A document by its place in the request; the score keeps its spelling.</summary>
internal sealed record RankedResult(int? Index, JsonElement? RelevanceScore);

internal sealed record RankedUsage(long? TotalTokens);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, MaxDepth = JsonLimits.MaxDepth)]
[JsonSerializable(typeof(RerankRequest))]
[JsonSerializable(typeof(RankedAnswer))]
internal sealed partial class RerankJson : JsonSerializerContext;
