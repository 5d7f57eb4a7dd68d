using System.Text.Json.Serialization;

namespace ChatKit.Gateway.Wire.LiteLlm;

/// <summary>
/// How a deployment does at the moment, beside what LiteLLM's <c>/model/info</c> tells of it:
/// <code>"state":{"in_flight":2,"requests_this_minute":31,"tokens_this_minute":18210,"seconds_per_token":0.011,"healthy":true}</code>
/// </summary>
internal sealed record DeploymentStateWire(int InFlight, int RequestsThisMinute, long TokensThisMinute)
{
    public int SuccessesThisMinute { get; init; }

    public int FailuresThisMinute { get; init; }

    /// <summary>The means of the latest samples; absent where there is none.</summary>
    public double? SecondsPerToken { get; init; }

    public double? SecondsToFirstToken { get; init; }

    /// <summary>When the deployment gets calls again; absent where it gets them now.</summary>
    public DateTimeOffset? CoolingUntil { get; init; }

    public string? CooldownReason { get; init; }

    /// <summary>What the latest background check found; absent where none was made.</summary>
    public bool? Healthy { get; init; }

    public string? HealthError { get; init; }

    /// <summary>Why it cannot be called at all; absent where it can.</summary>
    public string? Unavailable { get; init; }
}

/// <summary>
/// A group in <c>/model_group/info</c> (https://docs.litellm.ai/docs/proxy/model_management): the sum, the largest or the union of what its deployments have.
/// A member that nobody knows is null, as in LiteLLM.
/// </summary>
internal sealed record ModelGroupWire(string ModelGroup, IReadOnlyList<string> Providers)
{
    public int? MaxTokens => MaxOutputTokens;

    public int? MaxInputTokens { get; init; }

    public int? MaxOutputTokens { get; init; }

    public double? InputCostPerToken { get; init; }

    public double? OutputCostPerToken { get; init; }

    public string? Mode { get; init; }

    public long? Tpm { get; init; }

    public int? Rpm { get; init; }

    public bool SupportsVision { get; init; }

    public bool SupportsFunctionCalling { get; init; }

    public bool SupportsReasoning { get; init; }

    public bool SupportsAudioInput { get; init; }

    public bool SupportsPdfInput { get; init; }

    /// <summary>Ours: of all deployments, and how many of them can be called now.</summary>
    public required GroupStateWire State { get; init; }
}

/// <summary>How a group does at the moment.</summary>
internal sealed record GroupStateWire(int Deployments, int Available, int InFlight, int RequestsThisMinute, long TokensThisMinute);

internal sealed record ModelGroupListWire(IReadOnlyList<ModelGroupWire> Data);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DeploymentStateWire))]
internal sealed partial class DeploymentStateJson : JsonSerializerContext;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ModelGroupListWire))]
internal sealed partial class ModelGroupJson : JsonSerializerContext;
