namespace ChatKit.Gateway.Model;

/// <summary>How calls find a deployment: <c>router_settings</c>, over what <c>litellm_settings</c> say of the same.</summary>
internal sealed record RoutingSettings
{
    public static RoutingSettings Default { get; } = new();

    public StrategySettings Strategy { get; init; } = new(RoutingStrategy.SimpleShuffle);

    public FallbackRules Fallbacks { get; init; } = new();

    /// <summary><c>enable_pre_call_checks</c>: who cannot take a call is not asked.</summary>
    public bool ChecksBefore { get; init; }

    /// <summary>True where <c>rpm</c> and <c>tpm</c> are limits; else they are shares.</summary>
    public bool KeepsLimits => ChecksBefore || Strategy.Kind is RoutingStrategy.LatencyBased or RoutingStrategy.UsageBased or RoutingStrategy.CostBased;

    public CooldownRules Cooldowns { get; init; } = new();

    /// <summary><c>retry_after</c>: no backoff between two tries is shorter.</summary>
    public TimeSpan ShortestWait { get; init; }

    /// <summary><c>retry_policy</c>: how often by class of error, over every other number of retries that is configured.</summary>
    public ErrorClassCounts? RetriesByClass { get; init; }

    /// <summary><c>model_group_retry_policy</c>: the same for single groups.</summary>
    public IReadOnlyDictionary<string, ErrorClassCounts> RetriesByGroup { get; init; } = new Dictionary<string, ErrorClassCounts>();

    /// <summary><c>enable_tag_filtering</c>.</summary>
    public bool FiltersTags { get; init; }

    /// <summary><c>tag_filtering_match_any</c>: one tag in common is enough; else a deployment needs all tags of the call.</summary>
    public bool MatchesAnyTag { get; init; } = true;

    /// <summary><c>default_max_parallel_requests</c>, for deployments that do not say.</summary>
    public int? MaxParallel { get; init; }

    /// <summary>How long a call waits in line where every deployment has all the calls that it may have.</summary>
    public TimeSpan ParallelWait { get; init; } = TimeSpan.FromSeconds(5);
}
