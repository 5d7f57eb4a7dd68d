using ChatKit.Gateway.Model;
using Xunit;

namespace ChatKit.Gateway.Tests.Config;

/// <summary>What the file says about waiting.</summary>
public sealed class ResilienceSettingsTests
{
    [Theory]
    [InlineData("connect_timeout: 2", "connect_timeout: 3", "connect_timeout: 4", 2)]
    [InlineData("", "connect_timeout: 3", "connect_timeout: 4", 3)]
    [InlineData("", "", "connect_timeout: 4", 4)]
    [InlineData("", "", "", 10)]
    public void The_limit_on_connecting_is_a_deployments_own_before_the_routers(string deployment, string router, string liteLlm, int seconds)
    {
        var snapshot = ConfigFolder.Bind(
            $$"""
            model_list:
              - { model_name: a, litellm_params: { model: openai/a, api_base: "http://h/v1", api_key: k, {{deployment}} } }
            router_settings: { {{router}} }
            litellm_settings: { {{liteLlm}} }
            """);
        Assert.Equal(CallTimeouts.Default with { Connect = TimeSpan.FromSeconds(seconds) }, snapshot.Groups["a"].Deployments[0].Timeouts);
    }

    [Fact]
    public void Groups_opt_into_hedging_and_continuation()
    {
        var settings = Bind("hedging: { groups: [a, \"b/*\"], max_percent: 2.5 }, continuation: { groups: [a] }").Settings;
        Assert.Equal((2.5, "a,b/*", "a"), (settings.Hedging!.MaxPercent, string.Join(',', settings.Hedging.Groups.Order()), string.Join(',', settings.Continued!)));
        Assert.Equal(5, Bind("hedging: { groups: [a] }").Settings.Hedging!.MaxPercent);
        settings = Bind("num_retries: 1").Settings;
        Assert.True(settings is { Hedging: null, Continued: null });
    }

    [Theory]
    [InlineData("hedging: { groups: [aa] }", "router_settings.hedging.groups[0]: no model_name is 'aa'")]
    [InlineData("hedging: { groups: [a], max_percent: 0 }", "router_settings.hedging.max_percent: must be above 0 and at most 100")]
    [InlineData("hedging: { groups: [a], max_percent: 101 }", "router_settings.hedging.max_percent: must be above 0 and at most 100")]
    [InlineData("hedging: { groups: [a], max_percent: some }", "router_settings.hedging.max_percent: must be a number")]
    [InlineData("hedging: { max_percent: 3 }", "router_settings.hedging.groups: is required")]
    [InlineData("hedging: { groups: a }", "router_settings.hedging.groups: must be a list")]
    [InlineData("continuation: true", "router_settings.continuation: must be a mapping")]
    [InlineData("continuation: { groups: [{}] }", "router_settings.continuation.groups[0]: must be a model_name")]
    public void What_nobody_can_mean_is_a_problem(string router, string problem)
    {
        using var folder = new ConfigFolder().With("config.yaml", File(router));
        Assert.Contains(folder.Loader().Load().Report.Problems, found => found.ToString().Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void A_key_that_is_misspelt_is_a_warning()
    {
        using var folder = new ConfigFolder().With("config.yaml", File("hedging: { groups: [a], max_percnt: 3 }"));
        Assert.Contains(folder.Warnings(), warning => warning.Contains("did you mean max_percent?", StringComparison.Ordinal));
    }

    private static GatewaySnapshot Bind(string router) => ConfigFolder.Bind(File(router));

    private static string File(string router) =>
        $$"""
        model_list:
          - { model_name: a, litellm_params: { model: openai/a, api_base: "http://h/v1", api_key: k } }
          - { model_name: "b/*", litellm_params: { model: "openai/*", api_base: "http://h/v1", api_key: k } }
        router_settings: { {{router}} }
        """;

    [Fact]
    public void Silent_streams_are_kept_alive_where_the_file_says_so()
    {
        Assert.Null(ConfigFolder.Bind("model_list: []").Settings.KeepAlive);
        Assert.Equal(TimeSpan.FromSeconds(15), ConfigFolder.Bind("model_list: []\nlitellm_settings: { sse_keepalive_ping_interval_seconds: 15 }").Settings.KeepAlive);
    }
}
