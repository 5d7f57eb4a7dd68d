using ChatKit.Gateway.Model;
using Xunit;

namespace ChatKit.Gateway.Tests.Config;

/// <summary>What <c>router_settings</c> say of routing, and what stands above what.</summary>
public sealed class RoutingSettingsTests
{
    [Fact]
    public void Cooldowns_and_retries_are_read_by_class_and_by_group()
    {
        var routing = Bind(
            """
            allowed_fails: 2
            cooldown_time: 30.5
            disable_cooldowns: true
            retry_after: 3
            allowed_fails_policy: { RateLimitErrorAllowedFails: 100, InternalServerErrorAllowedFails: 0 }
            retry_policy: { BadRequestErrorRetries: 1, AuthenticationErrorRetries: 2, TimeoutErrorRetries: 3, RateLimitErrorRetries: 4, ContentPolicyViolationErrorRetries: 5, InternalServerErrorRetries: 6 }
            model_group_retry_policy: { gpt: { TimeoutErrorRetries: 9 } }
            """);
        Assert.Equal(
            new CooldownRules { Disabled = true, Time = TimeSpan.FromSeconds(30.5), AllowedFails = 2, AllowedFailsByClass = new ErrorClassCounts(null, null, null, 100, null, 0) },
            routing.Cooldowns);
        Assert.Equal(TimeSpan.FromSeconds(3), routing.ShortestWait);
        Assert.Equal(new ErrorClassCounts(1, 2, 3, 4, 5, 6), routing.RetriesByClass);
        Assert.Equal(9, routing.RetriesByGroup["gpt"].Timeout);
    }

    [Fact]
    public void What_the_router_does_not_say_litellm_settings_may()
    {
        Assert.Equal((1, TimeSpan.FromSeconds(2)), Rules("litellm_settings: { allowed_fails: 1, cooldown_time: 2 }"));
        Assert.Equal((3, TimeSpan.FromSeconds(4)), Rules("router_settings: { allowed_fails: 3, cooldown_time: 4 }\nlitellm_settings: { allowed_fails: 1, cooldown_time: 2 }"));
        Assert.Equal((null, null), Rules("model_list: []"));

        static (int?, TimeSpan?) Rules(string yaml)
        {
            var rules = ConfigFolder.Bind(yaml).Settings.Routing.Cooldowns;
            return (rules.AllowedFails, rules.Time);
        }
    }

    [Fact]
    public void Tags_and_places_are_read()
    {
        var routing = Bind("enable_tag_filtering: true\ntag_filtering_match_any: false\ndefault_max_parallel_requests: 7\nmax_parallel_wait: 0");
        Assert.Equal((true, false, 7, TimeSpan.Zero), (routing.FiltersTags, routing.MatchesAnyTag, routing.MaxParallel, routing.ParallelWait));
        Assert.Equal((false, true, null, TimeSpan.FromSeconds(5)), (RoutingSettings.Default.FiltersTags, RoutingSettings.Default.MatchesAnyTag, RoutingSettings.Default.MaxParallel, RoutingSettings.Default.ParallelWait));
    }

    [Fact]
    public void A_deployment_has_its_own_numbers()
    {
        var deployment = ConfigFolder.Bind(
            "model_list: [{ model_name: m, litellm_params: { model: ollama/m, max_parallel_requests: 3, num_retries: 4, max_retries: 9, cooldown_time: 0, tags: [free, default] } }]").Groups["m"].Deployments[0];
        Assert.Equal((3, 4, TimeSpan.Zero), (deployment.MaxParallel, deployment.Retries, deployment.CooldownTime));
        Assert.Equal(["free", "default"], deployment.Tags);
        Assert.Empty(deployment.DefaultParameters);
        Assert.Equal(9, ConfigFolder.Bind("model_list: [{ model_name: m, litellm_params: { model: ollama/m, max_retries: 9, tags: one } }]").Groups["m"].Deployments[0].Retries);
    }

    [Theory]
    [InlineData("router_settings: { retry_policy: 3 }", "router_settings.retry_policy: must be a mapping, not a single value")]
    [InlineData("router_settings: { retry_policy: { TimeoutErrorRetries: -1 } }", "router_settings.retry_policy.TimeoutErrorRetries: must be a whole number of at least 0, not '-1'")]
    [InlineData("router_settings: { cooldown_time: soon }", "router_settings.cooldown_time: must be a number of at least 0, not 'soon'")]
    [InlineData("router_settings: { cooldown_time: 1e9 }", "router_settings.cooldown_time: must be at most 604800 seconds")]
    [InlineData("router_settings: { default_max_parallel_requests: 0 }", "router_settings.default_max_parallel_requests: must be a whole number of at least 1, not '0'")]
    [InlineData("model_list: [{ model_name: m, litellm_params: { model: ollama/m, tags: [[a]] } }]", "model_list[0].litellm_params.tags[0]: must be text, not a list")]
    public void What_is_wrong_is_said_with_its_path(string yaml, string expected) => Assert.Contains($"config.yaml:1 {expected}", ConfigFolder.ProblemsOf(yaml));

    [Fact]
    public void A_class_of_error_that_is_mistyped_is_told() => Assert.Equal(
        ["config.yaml:2 router_settings.retry_policy.RateLimitErorRetries: is not a key that the gateway knows; it has no effect; did you mean RateLimitErrorRetries?"],
        ConfigFolder.WarningsOf("model_list: []\nrouter_settings: { retry_policy: { RateLimitErorRetries: 1 } }"));

    private static RoutingSettings Bind(string router) =>
        ConfigFolder.Bind($"model_list: []\nrouter_settings:\n  {router.ReplaceLineEndings("\n  ")}").Settings.Routing;
}
