using Xunit;

namespace ChatKit.Gateway.Tests.Config;

/// <summary>Each way to be wrong: said with the path, the line, and what would be accepted.</summary>
public sealed class ProblemTests
{
    [Fact]
    public void All_problems_are_told_at_once_in_the_order_of_the_file() => Assert.Equal(
        [
            "config.yaml:3 model_list[0].model_name: is required: the name that clients call the model by",
            "config.yaml:5 model_list[0].litellm_params.rpm: must be a whole number of at least 0, not 'many'",
            "config.yaml:6 model_list[0].litellm_params.timeout: must be a number of seconds above 0, not '-1'",
            "config.yaml:7 model_list[1].litellm_params: must be a mapping, not a single value",
            "config.yaml:9 model_list[2]: must be a mapping with model_name and litellm_params, not a single value",
            "config.yaml:11 router_settings.num_retries: must be a whole number of at least 0, not '1.5'",
        ],
        ConfigFolder.ProblemsOf(
            """

            model_list:
              - litellm_params:
                  model: openai/gpt-4o
                  rpm: many
                  timeout: -1
              - { model_name: b, litellm_params: openai/b }
              # a comment
              - oops
            router_settings:
              num_retries: 1.5
            """));

    [Theory]
    [InlineData("{ model: '' }", "LLM Provider NOT provided: '' names no provider that the gateway knows. Write provider/name; for a server that speaks OpenAI's API: openai/name with api_base")]
    [InlineData("{ model: mistrall/x }", "LLM Provider NOT provided: 'mistrall/x' names no provider that the gateway knows; did you mean mistral? Write provider/name; for a server that speaks OpenAI's API: openai/name with api_base")]
    public void A_model_without_a_provider(string parameters, string message) =>
        Assert.Equal([$"config.yaml:1 model_list[0].litellm_params.model: {message}"], Entry(parameters));

    [Fact]
    public void A_model_that_is_not_given() =>
        Assert.Equal(
            ["config.yaml:1 model_list[0].litellm_params.model: is required: provider/name, e.g. openai/gpt-4o or mistral/mistral-large-latest"],
            Entry("{ api_key: k }"));

    [Theory]
    [InlineData("api_base: 'localhost:8000'", "api_base: must be an absolute http or https address, not 'localhost:8000'")]
    [InlineData("api_base: [a]", "api_base: must be text, not a list")]
    [InlineData("api_key: \"two\\nlines\"", "api_key: holds characters that no HTTP header can carry")]
    [InlineData("weight: heavy", "weight: must be a number of at least 0, not 'heavy'")]
    [InlineData("tpm: -5", "tpm: must be a whole number of at least 0, not '-5'")]
    [InlineData("order: [1]", "order: must be text, not a list")]
    [InlineData("stream_timeout: 0", "stream_timeout: must be a number of seconds above 0, not '0'")]
    [InlineData("extra_headers: x", "extra_headers: must be a mapping, not a single value")]
    [InlineData("extra_headers: { 'a b': x }", "extra_headers.a b: 'a b' is not the name of an HTTP header")]
    [InlineData("extra_headers: { A: \"b\\nc\" }", "extra_headers.A: must be printable text on one line")]
    [InlineData("extra_body: 5", "extra_body: must be a mapping, not a single value")]
    [InlineData("mock_response: {}", "mock_response: must be text, not a mapping")]
    public void A_parameter_of_the_wrong_kind(string parameter, string expected)
    {
        var key = parameter.StartsWith("api_key", StringComparison.Ordinal) ? "" : "api_key: k, ";
        Assert.Equal([$"config.yaml:1 model_list[0].litellm_params.{expected}"], Entry($"{{ model: openai/x, {key}{parameter} }}"));
    }

    [Theory]
    [InlineData("general_settings: []", "general_settings: must be a mapping, not a list")]
    [InlineData("model_list: {}", "model_list: must be a list, not a mapping")]
    [InlineData("general_settings: { master_key: '' }", "general_settings.master_key: must not be empty; remove it to ask for no key")]
    [InlineData("general_settings: { max_request_size_mb: 9999 }", "general_settings.max_request_size_mb: must be at most 1024 megabytes: bodies are held in memory")]
    [InlineData("general_settings: { max_response_size_mb: big }", "general_settings.max_response_size_mb: must be a number of at least 0.001, not 'big'")]
    [InlineData("general_settings: { litellm_key_header_name: 'X Key' }", "general_settings.litellm_key_header_name: 'X Key' is not the name of an HTTP header")]
    [InlineData("router_settings: { model_group_alias: { a: nothing } }", "router_settings.model_group_alias.a: no model_name is 'nothing'")]
    [InlineData("router_settings: { model_group_alias: { a: [] } }", "router_settings.model_group_alias.a: must be text, not a list")]
    [InlineData("router_settings: { model_group_alias: { a: { hidden: maybe } } }", "router_settings.model_group_alias.a: must name a model, or be a mapping with model and hidden")]
    public void A_setting_of_the_wrong_kind(string yaml, string expected) =>
        Assert.Contains($"config.yaml:1 {expected}", ConfigFolder.ProblemsOf(yaml));

    [Fact]
    public void The_same_id_twice() => Assert.Equal(
        ["config.yaml:3 model_list[1].model_info.id: is the id of model_list[0].model_info (config.yaml:2) too"],
        ConfigFolder.ProblemsOf(
            """
            model_list:
              - { model_name: a, litellm_params: { model: ollama/a }, model_info: { id: x } }
              - { model_name: b, litellm_params: { model: ollama/b }, model_info: { id: x } }
            """));

    [Fact]
    public void A_master_key_by_a_variable_that_is_not_set_never_leaves_the_gateway_open() =>
        Assert.StartsWith(
            "config.yaml:1 general_settings.master_key: the environment variable NOPE is not set, and without it nobody would be asked for a key",
            Assert.Single(ConfigFolder.ProblemsOf("general_settings: { master_key: os.environ/NOPE }")));

    private static IReadOnlyList<string> Entry(string parameters) =>
        ConfigFolder.ProblemsOf($"model_list: [{{ model_name: m, litellm_params: {parameters} }}]");
}
