using ChatKit.Gateway.Model;
using Xunit;

namespace ChatKit.Gateway.Tests.Config;

public sealed class PassThroughConfigTests
{
    [Theory]
    [InlineData("{ target: 'https://x' }", "path: is required: a path of its own")]
    [InlineData("{ path: bria, target: 'https://x' }", "path: is required: a path of its own")]
    [InlineData("{ path: '/a/../b', target: 'https://x' }", "path: is required: a path of its own")]
    [InlineData("{ path: '/a{x}', target: 'https://x' }", "path: is required: a path of its own")]
    [InlineData("{ path: /v1, target: 'https://x' }", "path: is required: a path of its own")]
    [InlineData("{ path: /anthropic, target: 'https://x' }", "path: is required: a path of its own")]
    [InlineData("{ path: /a }", "target: is required: an absolute http or https address")]
    [InlineData("{ path: /a, target: 'ftp://x' }", "target: is required: an absolute http or https address")]
    [InlineData("{ path: /a, target: 'https://user:pw@x' }", "target: is required: an absolute http or https address")]
    [InlineData("{ path: /a, target: 'https://x', auth: perhaps }", "auth: must be true or false, not 'perhaps'")]
    [InlineData("{ path: /a, target: 'https://x', headers: { 'a b': c } }", "is not the name of an HTTP header")]
    [InlineData("{ path: /a, target: 'https://x' }, { path: /a/, target: 'https://y' }", "has the path /a more than once")]
    public void What_is_wrong_with_a_path_is_said(string endpoint, string problem) => Assert.Contains(
        problem,
        Assert.Single(ConfigFolder.ProblemsOf($"{{ model_list: [], general_settings: {{ pass_through_endpoints: [{endpoint}] }} }}")),
        StringComparison.Ordinal);

    [Fact]
    public void A_key_that_is_not_acted_on_is_a_warning() => Assert.Equal(
        [
            "config.yaml:1 general_settings.pass_through_endpoints[0].cost_per_request: is known to LiteLLM and not implemented yet; it has no effect",
        ],
        ConfigFolder.WarningsOf("{ model_list: [], general_settings: { pass_through_endpoints: [{ path: /a, target: 'https://x', cost_per_request: 1 }] } }"));

    [Fact]
    public void The_usage_of_a_known_host_is_understood_whichever_path_leads_there()
    {
        var table = ConfigFolder.Bind("{ model_list: [], general_settings: { pass_through_endpoints: [{ path: /a, target: 'https://api.anthropic.com/v1/messages' }, { path: /b, target: 'https://x' }] } }").PassThrough;

        Assert.Equal((UsageFormat.Anthropic, UsageFormat.None), (table.Find("/a")?.Format, table.Find("/b")?.Format));
    }

    [Fact]
    public void A_deployment_may_lend_its_credentials()
    {
        var table = ConfigFolder.Bind("{ model_list: [{ model_name: m, litellm_params: { model: anthropic/c, api_key: mine, api_base: 'https://own.example/v1', use_in_pass_through: true } }] }").PassThrough;

        Assert.Equal(("mine", "https://own.example/v1"), (table.Providers["anthropic"].Target.ApiKey?.Reveal(), table.Providers["anthropic"].Target.BaseAddress?.AbsoluteUri));
    }

    [Fact]
    public void Without_anything_configured_each_prefix_says_what_it_lacks()
    {
        var table = ConfigFolder.Bind("{ model_list: [] }").PassThrough;

        Assert.Equal(["anthropic", "azure", "bedrock", "cohere", "gemini", "mistral", "openai", "vertex_ai", "vllm"], table.Providers.Keys.Order(StringComparer.Ordinal));
        Assert.Contains("OPENAI_API_KEY", table.Providers["openai"].Target.Unavailable, StringComparison.Ordinal);
    }
}
