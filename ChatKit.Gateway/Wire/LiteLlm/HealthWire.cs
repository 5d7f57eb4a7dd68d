using System.Text.Json.Serialization;

namespace ChatKit.Gateway.Wire.LiteLlm;

/// <summary>
/// The answer of <c>/health</c> (https://docs.litellm.ai/docs/proxy/health):
/// <code>{"healthy_endpoints":[{"model":"openai/gpt-4o","api_base":"https://…","model_id":"…"}],"unhealthy_endpoints":[{…,"error":"…","exception_status":401}],"healthy_count":1,"unhealthy_count":1}</code>
/// </summary>
internal sealed record HealthWire(IReadOnlyList<EndpointWire> HealthyEndpoints, IReadOnlyList<EndpointWire> UnhealthyEndpoints)
{
    public int HealthyCount => HealthyEndpoints.Count;

    public int UnhealthyCount => UnhealthyEndpoints.Count;

    /// <summary>Deployments of which nothing is known, each with the reason. Ours; LiteLLM counts them among the unhealthy.</summary>
    public IReadOnlyList<EndpointWire> SkippedEndpoints { get; init; } = [];
}

/// <summary>One deployment, without its credentials. Only the model's name where <c>health_check_details</c> is off.</summary>
internal sealed record EndpointWire(string Model)
{
    public string? ApiBase { get; init; }

    public string? ModelId { get; init; }

    public string? ModelGroup { get; init; }

    public string? Mode { get; init; }

    public string? Error { get; init; }

    public int? ExceptionStatus { get; init; }

    public string? Reason { get; init; }
}

/// <summary>The answer of <c>/health/readiness</c>: the fields that LiteLLM's have, and the checks of ours that fail.</summary>
internal sealed record ReadinessWire(string Status, string LitellmVersion, DateTimeOffset LastUpdated, IReadOnlyDictionary<string, string>? Problems)
{
    /// <summary><c>connected</c> or <c>Not connected</c>, LiteLLM's words.</summary>
    public string Db { get; init; } = "Not connected";

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Cache { get; init; }

    public IReadOnlyList<string> SuccessCallbacks { get; } = [];
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HealthWire))]
[JsonSerializable(typeof(ReadinessWire))]
internal sealed partial class HealthJson : JsonSerializerContext;
