using ChatKit.Gateway.Model;
using Xunit;

namespace ChatKit.Gateway.Tests.Config;

public sealed class CredentialTests
{
    [Fact]
    public void A_reference_is_resolved_from_the_environment()
    {
        using var folder = Entry("{ model: mistral/m, api_key: os.environ/MY_KEY, api_base: os.environ/MY_BASE, rpm: os.environ/MY_RPM }")
            .Set("MY_KEY", " secret ").Set("MY_BASE", "https://eu.example/v1").Set("MY_RPM", "7");
        var deployment = Only(folder);
        Assert.Equal("secret", deployment.ApiKey!.Reveal());
        Assert.Equal("https://eu.example/v1", deployment.BaseAddress!.AbsoluteUri);
        Assert.Equal(7, deployment.Rpm);
    }

    [Fact]
    public void The_deployment_beats_the_environment_which_beats_the_default()
    {
        using var folder = Entry("{ model: mistral/m }").Set("MISTRAL_API_KEY", "env").Set("MISTRAL_API_BASE", "https://proxy.example/v1");
        Assert.Equal(("env", "https://proxy.example/v1"), (Only(folder).ApiKey!.Reveal(), Only(folder).BaseAddress!.AbsoluteUri));

        using var explicitly = Entry("{ model: mistral/m, api_key: own, api_base: https://own.example/v1 }")
            .Set("MISTRAL_API_KEY", "env").Set("MISTRAL_API_BASE", "https://proxy.example/v1");
        Assert.Equal(("own", "https://own.example/v1"), (Only(explicitly).ApiKey!.Reveal(), Only(explicitly).BaseAddress!.AbsoluteUri));
    }

    [Fact]
    public void A_reference_to_nothing_leaves_a_deployment_that_says_so()
    {
        using var folder = Entry("{ model: openai/m, api_key: os.environ/MY_KEY }").Set("OPENAI_API_KEY", "not asked for");
        var deployment = Only(folder);
        Assert.Null(deployment.ApiKey);
        Assert.Equal("The provider openai has no API key: the environment variable MY_KEY is not set.", deployment.Unavailable);
        Assert.Equal(
            ["config.yaml:1 model_list[0].litellm_params.api_key: the environment variable MY_KEY is not set; calls to this deployment will say so"],
            folder.Warnings());
        Assert.Equal(["MY_KEY"], folder.Loader().Load().Report.MissingVariables);
    }

    [Fact]
    public void An_address_by_reference_to_nothing_is_the_default_one()
    {
        using var folder = Entry("{ model: mistral/m, api_key: k, api_base: os.environ/MISTRAL_API_BASE }");
        Assert.Equal("https://api.mistral.ai/v1", Only(folder).BaseAddress!.AbsoluteUri);
        Assert.Equal(
            ["config.yaml:1 model_list[0].litellm_params.api_base: the environment variable MISTRAL_API_BASE is not set; the value counts as not given"],
            folder.Warnings());
    }

    [Fact]
    public void No_key_anywhere_leaves_a_deployment_that_says_so()
    {
        using var folder = Entry("{ model: openai/m }");
        Assert.Equal("The provider openai has no API key: the environment variable OPENAI_API_KEY is not set.", Only(folder).Unavailable);
        Assert.Equal(
            ["config.yaml:1 model_list[0].litellm_params: has no api_key, and the environment variable OPENAI_API_KEY is not set; calls to it will say so"],
            folder.Warnings());
        Assert.Empty(folder.Loader().Load().Report.MissingVariables);
    }

    [Theory]
    [InlineData("{ model: hosted_vllm/m }", "The provider hosted_vllm has no address: the environment variable HOSTED_VLLM_API_BASE is not set.")]
    [InlineData("{ model: hosted_vllm/m, api_base: os.environ/NO_BASE }", "The provider hosted_vllm has no address: the environment variable NO_BASE is not set.")]
    [InlineData("{ model: sagemaker/jumpstart }", "The provider sagemaker is not implemented in this gateway yet.")]
    public void What_cannot_be_reached_says_why(string parameters, string reason)
    {
        using var folder = Entry(parameters);
        Assert.Equal(reason, Only(folder).Unavailable);
        Assert.Null(Only(folder).BaseAddress);
        Assert.Single(folder.Warnings());
    }

    [Theory]
    [InlineData("{ model: ollama/m }")]
    [InlineData("{ model: hosted_vllm/m, api_base: http://box:8000/v1 }")]
    [InlineData("{ model: openai/m, api_base: http://box:8000/v1 }")]
    public void Own_servers_need_no_key(string parameters)
    {
        using var folder = Entry(parameters);
        Assert.Null(Only(folder).Unavailable);
        Assert.Null(Only(folder).ApiKey);
        Assert.Empty(folder.Warnings());
    }

    [Fact]
    public void An_Azure_token_replaces_the_key_and_travels_as_bearer()
    {
        using var folder = Entry("{ model: azure/d, api_base: https://r.openai.azure.com, azure_ad_token: os.environ/TOKEN }").Set("TOKEN", "t");
        Assert.Equal(("t", KeyHeader.Bearer), (Only(folder).ApiKey!.Reveal(), Only(folder).KeyHeader));
    }

    [Fact]
    public void Variables_of_the_file_count_like_those_of_the_environment_and_stand_above_them()
    {
        using var folder = new ConfigFolder().Set("OPENAI_API_KEY", "process").Set("INNER", "inner").With(
            "config.yaml",
            """
            environment_variables: { OPENAI_API_KEY: file, OTHER: os.environ/INNER }
            model_list:
              - { model_name: a, litellm_params: { model: openai/a } }
              - { model_name: b, litellm_params: { model: openai/b, api_key: os.environ/OTHER } }
            """);
        var snapshot = folder.Snapshot();
        Assert.Equal("file", snapshot.Groups["a"].Deployments[0].ApiKey!.Reveal());
        Assert.Equal("inner", snapshot.Groups["b"].Deployments[0].ApiKey!.Reveal());
    }

    [Fact]
    public void No_print_of_a_snapshot_shows_a_key()
    {
        using var folder = Entry("{ model: openai/m, api_key: sk-very-secret-value }").Set("LITELLM_MASTER_KEY", "sk-master-secret-value");
        var snapshot = folder.Snapshot();
        Assert.DoesNotContain("very-secret", $"{snapshot} {Only(folder)} {snapshot.Settings}", StringComparison.Ordinal);
        Assert.DoesNotContain("master-secret", $"{snapshot.Settings}", StringComparison.Ordinal);
    }

    private static ConfigFolder Entry(string parameters) =>
        new ConfigFolder().With("config.yaml", $"model_list: [{{ model_name: m, litellm_params: {parameters} }}]");

    private static Deployment Only(ConfigFolder folder) => folder.Snapshot().Groups["m"].Deployments[0];
}
