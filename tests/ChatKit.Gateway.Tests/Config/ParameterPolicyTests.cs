using ChatKit.Gateway.Model;
using Xunit;

namespace ChatKit.Gateway.Tests.Config;

/// <summary>Where the file says what happens to parameters that a provider does not know.</summary>
public sealed class ParameterPolicyTests
{
    [Fact]
    public void A_deployment_says_all_of_it()
    {
        var policy = PolicyOf(
            "drop_params: true, modify_params: true, strict: true, merge_reasoning_content_in_choices: true, " +
            "additional_drop_params: [seed, 'tools[*].function.strict'], allowed_openai_params: [reasoning_effort]");

        Assert.True(policy is { Drops: true, Repairs: true, IsStrict: true, MergesReasoning: true });
        Assert.Equal(["seed", "tools[*].function.strict"], policy.AlwaysDropped.Select(path => path.Text));
        Assert.Equal(["reasoning_effort"], policy.AlwaysSent);
    }

    [Theory]
    [InlineData("", "", false)]
    [InlineData("", "drop_params: true", true)]
    [InlineData("drop_params: false", "drop_params: true", false)]
    [InlineData("drop_params: true", "drop_params: false", true)]
    public void A_deployment_beats_what_holds_for_all(string deployment, string all, bool expected) => Assert.Equal(expected, PolicyOf(deployment, all).Drops);

    [Fact]
    public void What_is_no_path_is_a_problem_with_its_place() => Assert.Equal(
        [
            "config.yaml:1 model_list[0].litellm_params.additional_drop_params[0]: 'a..b' is not a path such as seed, stream_options.include_usage or tools[*].function.strict",
            "config.yaml:1 model_list[0].litellm_params.additional_drop_params[1]: must be the name of a parameter, not a list",
        ],
        ConfigFolder.ProblemsOf("model_list: [{ model_name: m, litellm_params: { model: ollama/m, additional_drop_params: [a..b, []] } }]"));

    private static ParameterPolicy PolicyOf(string deployment, string all = "") => ConfigFolder.Bind(
        $$"""
        model_list: [{ model_name: m, litellm_params: { model: ollama/m, {{deployment}} } }]
        litellm_settings: { {{all}} }
        """).Groups["m"].Deployments[0].Parameters;
}
