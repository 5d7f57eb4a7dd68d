using System.Text.Json.Serialization;

namespace ChatKit.Gateway.Wire.LiteLlm;

/// <summary>The answer of <c>/cache/ping</c> (https://docs.litellm.ai/docs/proxy/caching#debugging-caching---cacheping).</summary>
internal sealed record CachePingWire(string Status, string CacheType, bool PingResponse)
{
    /// <summary>What an answer may take, how long it is kept, and whether keys share.</summary>
    public required CacheParametersWire LitellmCacheParams { get; init; }
}

/// <summary>The cache's settings, without its address.</summary>
internal sealed record CacheParametersWire(string Type, string Namespace, double Ttl, string Mode, bool ShareBetweenKeys, IReadOnlyList<string> SupportedCallTypes)
{
    public double? SimilarityThreshold { get; init; }

    public string? EmbeddingModel { get; init; }
}

/// <summary>The answer of what was done to the cache.</summary>
internal sealed record CacheDoneWire(string Status);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CachePingWire))]
[JsonSerializable(typeof(CacheDoneWire))]
internal sealed partial class CacheJson : JsonSerializerContext;
