using ChatKit.Gateway.Model;
using Xunit;

namespace ChatKit.Gateway.Tests.Config;

public sealed class WildcardGroupTests
{
    private static readonly GatewaySnapshot _snapshot = ConfigFolder.Bind(
        """
        model_list:
          - { model_name: "*", litellm_params: { model: "openrouter/*", api_key: k } }
          - { model_name: "openai/*", litellm_params: { model: "openai/*", api_key: k } }
          - { model_name: "openai/gpt-4o", litellm_params: { model: azure/four-o, api_key: k, api_base: "https://r.openai.azure.com" } }
          - { model_name: "team/*/*", litellm_params: { model: "openai/*:*", api_key: k } }
          - { model_name: "fixed-*", litellm_params: { model: "mistral/mistral-small-latest", api_key: k } }
        """);

    [Theory]
    [InlineData("openai/gpt-4o", "openai/gpt-4o", "four-o")]
    [InlineData("openai/o3", "openai/*", "o3")]
    [InlineData("anything/else", "*", "anything/else")]
    [InlineData("team/ft/red", "team/*/*", "ft:red")]
    [InlineData("fixed-point", "fixed-*", "mistral-small-latest")]
    public void Exact_beats_wildcard_and_the_more_specific_wildcard_wins(string asked, string group, string upstream)
    {
        var match = _snapshot.Resolve(asked)!;
        Assert.Equal(group, match.Group.Name);
        Assert.Equal(upstream, match.UpstreamModel(match.Group.Deployments[0]));
    }

    [Fact]
    public void Star_to_star_serves_every_provider_and_the_bare_names_that_mean_one()
    {
        var snapshot = ConfigFolder.Bind("model_list: [{ model_name: '*', litellm_params: { model: '*', api_key: k } }]");
        var named = snapshot.Resolve("groq/llama-3.3-70b-versatile")!;
        Assert.Equal(("groq", "llama-3.3-70b-versatile"), (named.Group.Deployments[0].Provider, named.UpstreamModel(named.Group.Deployments[0])));
        var bare = snapshot.Resolve("claude-opus-4-8")!;
        Assert.Equal(("anthropic", "claude-opus-4-8"), (bare.Group.Deployments[0].Provider, bare.UpstreamModel(bare.Group.Deployments[0])));
        Assert.Null(snapshot.Resolve("nobody-knows"));
    }

    [Fact]
    public void More_stars_than_the_name_has_is_a_problem() =>
        Assert.Equal(
            ["config.yaml:1 model_list[0].litellm_params.model: has more * than the model_name 'm', which is what they are filled from"],
            ConfigFolder.ProblemsOf("model_list: [{ model_name: m, litellm_params: { model: 'openai/*', api_key: k } }]"));
}
