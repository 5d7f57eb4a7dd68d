using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Config;

/// <summary>Binds how calls find a deployment: <c>router_settings</c>, and <c>litellm_settings</c> where those say nothing of a key that both have.</summary>
internal sealed class RoutingBinder(ConfigSection general, ConfigSection router, ConfigSection liteLlm)
{
    /// <summary>The keys of <c>router_settings</c> that are read here.</summary>
    public static IReadOnlyList<string> RouterKeys { get; } =
        ["allowed_fails", "allowed_fails_policy", "cooldown_time", "disable_cooldowns", "retry_after", "retry_policy", "model_group_retry_policy",
         "enable_tag_filtering", "tag_filtering_match_any", "default_max_parallel_requests", "max_parallel_wait", "enable_pre_call_checks",
         .. StrategyBinder.Keys, .. FallbackBinder.RouterKeys];

    /// <summary>The keys of <c>litellm_settings</c> that are read here.</summary>
    public static IReadOnlyList<string> LiteLlmKeys { get; } = ["allowed_fails", "cooldown_time", .. FallbackBinder.Keys];

    /// <summary>The keys of a deployment that routing reads.</summary>
    public static IReadOnlyList<string> DeploymentKeys { get; } = ["max_parallel_requests", "num_retries", "max_retries", "cooldown_time", "tags", "region_name"];

    private static readonly RoutingSettings _defaults = RoutingSettings.Default;

    public RoutingSettings Bind() => new()
    {
        Strategy = StrategyBinder.Bind(router),
        Fallbacks = FallbackBinder.Bind(router, liteLlm),
        ChecksBefore = router.Flag("enable_pre_call_checks") ?? _defaults.ChecksBefore,
        Cooldowns = Cooldowns(),
        ShortestWait = Seconds(router, "retry_after") ?? _defaults.ShortestWait,
        RetriesByClass = Counts(router, "retry_policy", "Retries"),
        RetriesByGroup = RetriesByGroup(),
        FiltersTags = router.Flag("enable_tag_filtering") ?? _defaults.FiltersTags,
        MatchesAnyTag = router.Flag("tag_filtering_match_any") ?? _defaults.MatchesAnyTag,
        MaxParallel = MaxParallel(),
        ParallelWait = Seconds(router, "max_parallel_wait") ?? _defaults.ParallelWait,
    };

    /// <summary>A number of seconds that may be zero; unlike a time limit, which may not.</summary>
    public static TimeSpan? Seconds(ConfigSection section, string key)
    {
        const double Longest = 7 * 86_400;
        if (section.Number(key) is not { } seconds) return null;
        if (seconds <= Longest) return TimeSpan.FromSeconds(seconds);
        section.Report.Problem(section.At(key), $"must be at most {Longest} seconds");
        return null;
    }

    /// <summary>LiteLLM's <c>general_settings.max_parallel_requests</c> is of each deployment, too.</summary>
    private int? MaxParallel()
    {
        var (ofRouter, ofGeneral) = (router.WholeNumber("default_max_parallel_requests", minimum: 1), general.WholeNumber("max_parallel_requests", minimum: 1));
        return ofRouter ?? ofGeneral;
    }

    private CooldownRules Cooldowns()
    {
        var (allowedByRouter, allowedByLiteLlm) = (router.WholeNumber("allowed_fails"), liteLlm.WholeNumber("allowed_fails"));
        var (timeOfRouter, timeOfLiteLlm) = (Seconds(router, "cooldown_time"), Seconds(liteLlm, "cooldown_time"));
        return new CooldownRules
        {
            Disabled = router.Flag("disable_cooldowns") ?? false,
            Time = timeOfRouter ?? timeOfLiteLlm,
            AllowedFails = allowedByRouter ?? allowedByLiteLlm,
            AllowedFailsByClass = Counts(router, "allowed_fails_policy", "AllowedFails"),
        };
    }

    private Dictionary<string, ErrorClassCounts> RetriesByGroup()
    {
        var byGroup = new Dictionary<string, ErrorClassCounts>();
        if (router.Section("model_group_retry_policy") is not { } groups) return byGroup;
        foreach (var group in groups.Members)
        {
            if (Counts(groups, group.Key, "Retries") is { } counts) byGroup[group.Key] = counts;
        }

        return byGroup;
    }

    /// <summary>LiteLLM writes the class of error and what is counted in one word: <c>RateLimitErrorRetries</c>, <c>RateLimitErrorAllowedFails</c>.</summary>
    private static ErrorClassCounts? Counts(ConfigSection section, string key, string counted)
    {
        if (section.Section(key) is not { } policy) return null;
        var counts = new ErrorClassCounts(
            policy.WholeNumber($"BadRequestError{counted}"),
            policy.WholeNumber($"AuthenticationError{counted}"),
            policy.WholeNumber($"TimeoutError{counted}"),
            policy.WholeNumber($"RateLimitError{counted}"),
            policy.WholeNumber($"ContentPolicyViolationError{counted}"),
            policy.WholeNumber($"InternalServerError{counted}"));
        LeftoverKeys.Warn(policy, [.. ErrorClassCounts.Names.Select(name => name + counted)], []);
        return counts;
    }
}
