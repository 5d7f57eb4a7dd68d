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
    public void Silent_streams_are_kept_alive_where_the_file_says_so()
    {
        Assert.Null(ConfigFolder.Bind("model_list: []").Settings.KeepAlive);
        Assert.Equal(TimeSpan.FromSeconds(15), ConfigFolder.Bind("model_list: []\nlitellm_settings: { sse_keepalive_ping_interval_seconds: 15 }").Settings.KeepAlive);
    }
}
