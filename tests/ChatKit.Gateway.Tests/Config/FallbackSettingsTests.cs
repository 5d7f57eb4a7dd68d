using ChatKit.Gateway.Model;
using Xunit;

namespace ChatKit.Gateway.Tests.Config;

/// <summary>Strategies and fallbacks as configurations write them.</summary>
public sealed class FallbackSettingsTests
{
    private const string Models = "model_list: [{ model_name: a, litellm_params: { model: ollama/a } }, { model_name: b, litellm_params: { model: ollama/b }, model_info: { id: id-b } }]\n";

    [Fact]
    public void Lists_are_read_from_the_router_and_else_from_litellm_settings()
    {
        var fallbacks = ConfigFolder.Bind(Models +
            """
            router_settings:
              fallbacks: [{ a: [b, id-b] }, { "*": [a] }]
              max_fallbacks: 2
            litellm_settings:
              fallbacks: [{ a: [a] }]
              context_window_fallbacks: [{ a: [b] }]
              content_policy_fallbacks: [{ b: [a] }]
              default_fallbacks: [b]
            """).Settings.Routing.Fallbacks;
        Assert.Equal(["b", "id-b"], fallbacks.General.Find("a", "a"));
        Assert.Equal(["a"], fallbacks.General.Find("zzz", "zzz"));
        Assert.Equal(["b", "id-b"], fallbacks.General.Find("openai/a", "openai/*"));
        Assert.Equal(["b"], fallbacks.ContextWindow.Find("a", "a"));
        Assert.Empty(fallbacks.ContextWindow.Find("b", "b"));
        Assert.Equal(["a"], fallbacks.ContentPolicy.Find("b", "b"));
        Assert.Equal((2, "b"), (fallbacks.Most, Assert.Single(fallbacks.Default)));
        Assert.Equal(5, ConfigFolder.Bind(Models).Settings.Routing.Fallbacks.Most);
    }

    [Fact]
    public void A_target_that_is_nobody_is_told_with_its_line() => Assert.Equal(
        ["config.yaml:2 router_settings.fallbacks[0].a[1]: no model_name is 'nobody'; nothing falls back to it"],
        ConfigFolder.WarningsOf(Models + "router_settings: { fallbacks: [{ a: [b, nobody] }], default_fallbacks: [id-b] }"));

    [Theory]
    [InlineData("fallbacks: { a: [b] }", "fallbacks: must be a list, not a mapping")]
    [InlineData("fallbacks: [a]", "fallbacks[0]: must be a mapping such as {a: [b, c]}, not a single value")]
    [InlineData("fallbacks: [{ a: [{}] }]", "fallbacks[0].a[0]: must be text, not a mapping")]
    [InlineData("max_fallbacks: -1", "max_fallbacks: must be a whole number of at least 0, not '-1'")]
    [InlineData("enable_pre_call_checks: perhaps", "enable_pre_call_checks: must be true or false, not 'perhaps'")]
    [InlineData("routing_strategy: fastest", "routing_strategy: must be simple-shuffle, least-busy, latency-based-routing, usage-based-routing, usage-based-routing-v2, cost-based-routing, lowest-latency, lowest-tpm-rpm, lowest-cost, not 'fastest'")]
    [InlineData("routing_strategy_args: { max_latency_list_size: 65 }", "routing_strategy_args.max_latency_list_size: must be at most 64")]
    [InlineData("routing_strategy_args: { ttl: 0 }", "routing_strategy_args.ttl: must be a number of seconds above 0, not '0'")]
    public void What_is_wrong_is_said_with_its_path(string router, string expected) =>
        Assert.Contains($"config.yaml:2 router_settings.{expected}", ConfigFolder.ProblemsOf(Models + $"router_settings: {{ {router} }}"));

    [Theory]
    [InlineData("simple-shuffle", nameof(RoutingStrategy.SimpleShuffle))]
    [InlineData("least-busy", nameof(RoutingStrategy.LeastBusy))]
    [InlineData("latency-based-routing", nameof(RoutingStrategy.LatencyBased))]
    [InlineData("lowest-latency", nameof(RoutingStrategy.LatencyBased))]
    [InlineData("usage-based-routing", nameof(RoutingStrategy.UsageBased))]
    [InlineData("usage-based-routing-v2", nameof(RoutingStrategy.UsageBased))]
    [InlineData("cost-based-routing", nameof(RoutingStrategy.CostBased))]
    [InlineData("LEAST_BUSY", nameof(RoutingStrategy.LeastBusy))]
    public void Every_spelling_of_a_strategy(string name, string kind) =>
        Assert.Equal(Enum.Parse<RoutingStrategy>(kind), ConfigFolder.Bind($"model_list: []\nrouter_settings: {{ routing_strategy: {name} }}").Settings.Routing.Strategy.Kind);

    [Fact]
    public void A_strategy_has_arguments()
    {
        var strategy = ConfigFolder.Bind("model_list: []\nrouter_settings: { routing_strategy: lowest-latency, routing_strategy_args: { ttl: 60, lowest_latency_buffer: 0.5, max_latency_list_size: 3 } }").Settings.Routing.Strategy;
        Assert.Equal(new StrategySettings(RoutingStrategy.LatencyBased) { LatencyLifetime = TimeSpan.FromMinutes(1), LatencyBuffer = 0.5, LatencySamples = 3 }, strategy);
        Assert.Equal((TimeSpan.FromHours(1), 0.0, 10), (RoutingSettings.Default.Strategy.LatencyLifetime, RoutingSettings.Default.Strategy.LatencyBuffer, RoutingSettings.Default.Strategy.LatencySamples));
    }

    [Fact]
    public void Access_groups_and_regions_are_bound()
    {
        var snapshot = ConfigFolder.Bind(
            """
            model_list:
              - { model_name: a, litellm_params: { model: ollama/a, region_name: eu }, model_info: { access_groups: [beta, free] } }
              - { model_name: b, litellm_params: { model: ollama/b }, model_info: { access_groups: [beta] } }
              - { model_name: a, litellm_params: { model: ollama/c }, model_info: { access_groups: [beta] } }
            """);
        Assert.Equal(["a", "b"], snapshot.AccessGroups["beta"]);
        Assert.Equal(["a"], snapshot.AccessGroups["free"]);
        Assert.Equal(["eu", null], snapshot.Groups["a"].Deployments.Select(deployment => deployment.Region));
    }
}
