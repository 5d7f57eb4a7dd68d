using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Facts;
using Xunit;

namespace ChatKit.Gateway.Tests.Config;

/// <summary>What an entry says about its model stands above what is published.</summary>
public sealed class ModelFactsTests
{
    [Fact]
    public void Without_a_word_in_the_file_the_published_facts_count()
    {
        var facts = Facts("{ model: openai/gpt-4o, api_key: k }");

        Assert.Equal((128_000, 2.5m), (facts.ContextWindow, facts.Prices.Input));
    }

    [Fact]
    public void Prices_per_token_stand_above_the_published_ones_and_leave_the_rest()
    {
        var facts = Facts("{ model: openai/gpt-4o, api_key: k, input_cost_per_token: 0.0000015, cache_read_input_token_cost: 1e-7 }");

        Assert.Equal((1.5m, 10m, 0.1m), (facts.Prices.Input, facts.Prices.Output, facts.Prices.CacheRead));
        Assert.Equal(128_000, facts.ContextWindow);
    }

    [Fact]
    public void A_price_of_zero_is_a_price() =>
        Assert.Equal(0, Facts("{ model: hosted_vllm/own, api_base: http://x, input_cost_per_token: 0, output_cost_per_token: 0 }").Prices.CostOf(new TokenUsage(5, 5)));

    [Fact]
    public void Both_places_are_read_and_the_price_among_the_parameters_counts()
    {
        var facts = Facts("{ model: openai/gpt-4o, api_key: k, input_cost_per_token: 2e-6 }", "{ input_cost_per_token: 9e-6, output_cost_per_token: 4e-6 }");

        Assert.Equal((2m, 4m), (facts.Prices.Input, facts.Prices.Output));
    }

    [Theory]
    [InlineData("{ model: azure/our-own, api_base: http://x, api_key: k }", "{ base_model: azure/gpt-4o }")]
    [InlineData("{ model: azure/our-own, api_base: http://x, api_key: k, base_model: gpt-4o }", "{}")]
    public void A_base_model_says_what_a_name_does_not(string parameters, string info) => Assert.Equal(2.5m, Facts(parameters, info).Prices.Input);

    [Fact]
    public void Sizes_and_abilities_come_from_model_info()
    {
        var facts = Facts("{ model: hosted_vllm/own, api_base: http://x }", "{ max_input_tokens: 4096, max_tokens: 512, supports_vision: true, supports_function_calling: false, mode: chat }");

        Assert.Equal((4096, 512, true, false, "chat"), (facts.ContextWindow, facts.MaxOutput, facts.Vision, facts.Tools, facts.Mode));
        Assert.Null(facts.Audio);
    }

    [Fact]
    public void A_price_is_no_request_parameter()
    {
        var deployment = ConfigFolder.Bind(Yaml("{ model: openai/gpt-4o, api_key: k, base_model: gpt-4o, max_input_tokens: 10, input_cost_per_token: 2e-6 }", "{}")).Deployments.Single();

        Assert.Empty(deployment.DefaultParameters);
    }

    [Fact]
    public void A_price_per_million_tokens_is_refused_with_the_unit() =>
        Assert.Equal(
            ["config.yaml:3 model_list[0].litellm_params.input_cost_per_token: must be in US dollars per token, at most 1; $2.50 per million tokens are 2.5e-6"],
            ConfigFolder.ProblemsOf(Yaml("{ model: openai/gpt-4o, api_key: k, input_cost_per_token: 2.5 }", "{}")));

    [Fact]
    public void A_wildcard_knows_each_model_that_it_serves()
    {
        var deployment = ConfigFolder.Bind("model_list: [{ model_name: 'openai/*', litellm_params: { model: 'openai/*', api_key: k } }]").Deployments.Single();

        Assert.Equal(2.5m, deployment.FactsOf("gpt-4o").Prices.Input);
        Assert.Equal(0.15m, deployment.FactsOf("gpt-4o-mini").Prices.Input);
    }

    private static ModelFacts Facts(string parameters, string info = "{}")
    {
        var deployment = ConfigFolder.Bind(Yaml(parameters, info)).Deployments.Single();
        return deployment.FactsOf(deployment.UpstreamModel);
    }

    private static string Yaml(string parameters, string info) =>
        $"""
        model_list:
          - model_name: m
            litellm_params: {parameters}
            model_info: {info}
        """;
}
