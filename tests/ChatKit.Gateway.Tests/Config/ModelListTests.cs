using System.Text;
using ChatKit.Gateway.Model;
using Xunit;

namespace ChatKit.Gateway.Tests.Config;

public sealed class ModelListTests
{
    [Fact]
    public void A_repeated_name_is_one_group_of_several_deployments()
    {
        var snapshot = ConfigFolder.Bind(
            """
            model_list:
              - model_name: gpt-4o
                litellm_params: { model: openai/gpt-4o, api_key: sk-one, weight: 2, rpm: 60, tpm: 1000 }
              - model_name: gpt-4o
                litellm_params: { model: azure/my-deployment, api_key: two, api_base: https://r.openai.azure.com, api_version: "2024-10-21", order: 1 }
            """);

        var group = snapshot.Groups["gpt-4o"];
        Assert.Equal(2, group.Deployments.Count);
        var first = group.Deployments[0];
        Assert.Equal("openai", first.Provider);
        Assert.Equal("gpt-4o", first.UpstreamModel);
        Assert.Equal("https://api.openai.com/v1/chat/completions", first.AddressOf("chat/completions", "gpt-4o")!.AbsoluteUri);
        Assert.Equal("sk-one", first.ApiKey!.Reveal());
        Assert.Equal((2.0, 60, 1000), (first.Weight!.Value, first.Rpm!.Value, first.Tpm!.Value));
        var second = group.Deployments[1];
        Assert.Equal(
            "https://r.openai.azure.com/openai/deployments/my-deployment/chat/completions?api-version=2024-10-21",
            second.AddressOf("chat/completions", second.UpstreamModel)!.AbsoluteUri);
        Assert.Equal(KeyHeader.ApiKey, second.KeyHeader);
        Assert.Equal(1, second.Order);
    }

    [Fact]
    public void Unknown_parameters_become_defaults_of_the_request_with_their_YAML_types()
    {
        var deployment = ConfigFolder.Bind(
            """
            model_list:
              - model_name: m
                litellm_params:
                  model: openai/m
                  api_key: k
                  temperature: 0.2
                  max_tokens: 1_000
                  stop: ["\n", END]
                  user: "0123"
                  parallel_tool_calls: no
                  extra_body: { top_k: 5, temperature: 0.9 }
                  rpm: 3
            """).Groups["m"].Deployments[0];

        Assert.Equal(
            ["top_k=5", "temperature=0.9", "max_tokens=1000", "stop=[\"\\n\",\"END\"]", "user=\"0123\"", "parallel_tool_calls=false"],
            deployment.DefaultParameters.Select(pair => $"{pair.Key}={Encoding.UTF8.GetString(pair.Value.Span)}"));
    }

    [Fact]
    public void Extra_headers_and_model_info_are_kept()
    {
        var deployment = ConfigFolder.Bind(
            """
            model_list:
              - model_name: m
                litellm_params: { model: openai/m, api_key: k, organization: org-1, extra_headers: { X-Team: blue } }
                model_info: { id: my-id, mode: chat, base_model: gpt-4o, max_tokens: 4096 }
            """).Groups["m"].Deployments[0];

        Assert.Equal([new("OpenAI-Organization", "org-1"), new("X-Team", "blue")], deployment.Headers);
        Assert.Equal("my-id", deployment.Id);
        Assert.Equal(["mode=\"chat\"", "base_model=\"gpt-4o\"", "max_tokens=4096"], deployment.Info.Select(pair => $"{pair.Key}={Encoding.UTF8.GetString(pair.Value.Span)}"));
    }

    [Fact]
    public void A_mock_response_needs_neither_key_nor_address()
    {
        var deployment = ConfigFolder.Bind("model_list: [{ model_name: m, litellm_params: { model: openai/m, mock_response: Hello } }]").Groups["m"].Deployments[0];
        Assert.Equal("Hello", deployment.MockResponse);
        Assert.Null(deployment.BaseAddress);
        Assert.Null(deployment.Unavailable);
    }

    [Theory]
    [InlineData("{ model: gpt-4o, api_key: k }", "openai", "gpt-4o")]
    [InlineData("{ model: claude-sonnet-5, api_key: k }", "anthropic", "claude-sonnet-5")]
    [InlineData("{ model: some-model, api_base: https://api.groq.com/openai/v1, api_key: k }", "groq", "some-model")]
    [InlineData("{ model: meta/llama, custom_llm_provider: openai, api_base: http://localhost:1/v1 }", "openai", "meta/llama")]
    [InlineData("{ model: openai/x, custom_llm_provider: openai, api_key: k }", "openai", "x")]
    [InlineData("{ model: openrouter/openai/gpt-4o, api_key: k }", "openrouter", "openai/gpt-4o")]
    [InlineData("{ model: ollama/llama3.2:1b }", "ollama", "llama3.2:1b")]
    public void The_provider_is_found_by_prefix_host_or_name(string parameters, string provider, string upstream)
    {
        var deployment = ConfigFolder.Bind($"model_list: [{{ model_name: m, litellm_params: {parameters} }}]").Groups["m"].Deployments[0];
        Assert.Equal((provider, upstream), (deployment.Provider, deployment.UpstreamModel));
    }

    [Theory]
    [InlineData("{ model: ollama/l, api_base: http://box:11434 }", "http://box:11434/v1/chat/completions")]
    [InlineData("{ model: ollama/l, api_base: http://box:11434/v1/ }", "http://box:11434/v1/chat/completions")]
    [InlineData("{ model: mistral/m, api_key: k, api_base: https://api.mistral.ai }", "https://api.mistral.ai/v1/chat/completions")]
    [InlineData("{ model: openai/m, api_base: http://box:8000/v1/ }", "http://box:8000/v1/chat/completions")]
    [InlineData("{ model: hosted_vllm/m, api_base: http://box:8000/v1 }", "http://box:8000/v1/chat/completions")]
    public void The_address_forgives_a_missing_suffix_and_a_trailing_slash(string parameters, string expected)
    {
        var deployment = ConfigFolder.Bind($"model_list: [{{ model_name: m, litellm_params: {parameters} }}]").Groups["m"].Deployments[0];
        Assert.Equal(expected, deployment.AddressOf("chat/completions", "m")!.AbsoluteUri);
    }
}
