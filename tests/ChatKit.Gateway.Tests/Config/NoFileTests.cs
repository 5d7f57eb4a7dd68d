using Xunit;

namespace ChatKit.Gateway.Tests.Config;

public sealed class NoFileTests
{
    [Fact]
    public void Without_any_key_the_demo_alone_is_offered_and_answers_by_itself()
    {
        using var folder = new ConfigFolder();
        var snapshot = folder.Snapshot();
        Assert.Equal(["demo"], snapshot.ListedModels.Select(model => model.Id));
        Assert.Contains("OPENAI_API_KEY", snapshot.Resolve("demo")!.Group.Deployments[0].MockResponse, StringComparison.Ordinal);
        Assert.Empty(folder.Warnings());
    }

    [Theory]
    [InlineData("OPENAI_API_KEY", "openai/gpt-4o", "openai", "gpt-4o")]
    [InlineData("OPENAI_API_KEY", "gpt-4o", "openai", "gpt-4o")]
    [InlineData("OPENAI_API_KEY", "o3", "openai", "o3")]
    [InlineData("ANTHROPIC_API_KEY", "anthropic/claude-sonnet-5", "anthropic", "claude-sonnet-5")]
    [InlineData("ANTHROPIC_API_KEY", "claude-opus-4-8", "anthropic", "claude-opus-4-8")]
    [InlineData("MISTRAL_API_KEY", "mistral/mistral-large-latest", "mistral", "mistral-large-latest")]
    [InlineData("TOGETHER_API_KEY", "together_ai/meta-llama/Llama-3.3-70B-Instruct-Turbo", "together_ai", "meta-llama/Llama-3.3-70B-Instruct-Turbo")]
    public void A_key_in_the_environment_makes_its_provider_usable_at_once(string variable, string asked, string provider, string upstream)
    {
        using var folder = new ConfigFolder().Set(variable, "key");
        var match = folder.Snapshot().Resolve(asked)!;
        var deployment = match.Group.Deployments[0];
        Assert.Equal((provider, upstream, "key"), (deployment.Provider, match.UpstreamModel(deployment), deployment.ApiKey!.Reveal()));
        Assert.Null(deployment.Unavailable);
    }

    [Fact]
    public void A_provider_without_a_key_is_not_offered_and_a_call_says_which_is_missing()
    {
        using var folder = new ConfigFolder().Set("OPENAI_API_KEY", "key");
        var snapshot = folder.Snapshot();
        Assert.DoesNotContain(snapshot.ListedModels, model => model.Provider is not ("openai" or "chatkit"));
        Assert.Equal(
            "The provider groq has no API key: the environment variable GROQ_API_KEY is not set.",
            snapshot.Resolve("groq/x")!.Group.Deployments[0].Unavailable);
        Assert.Null(snapshot.Resolve("made-up"));
    }

    [Fact]
    public void The_list_offers_current_models_of_each_provider_with_a_key_and_the_demo_last()
    {
        using var folder = new ConfigFolder().Set("OPENAI_API_KEY", "key").Set("OLLAMA_API_BASE", "http://localhost:11434");
        var listed = folder.Snapshot().ListedModels.Select(model => model.Id).ToList();
        Assert.Contains("openai/gpt-5.4-mini", listed);
        Assert.Contains("ollama/*", listed);
        Assert.Equal("demo", listed[^1]);
        Assert.DoesNotContain("gpt-*", listed);
    }

    [Fact]
    public void Addresses_and_keys_follow_the_variables()
    {
        using var folder = new ConfigFolder().Set("MISTRAL_API_KEY", "k").Set("MISTRAL_API_BASE", "https://api.mistral.ai").Set("LITELLM_API_KEY", "sk-litellm-proxy");
        var snapshot = folder.Snapshot();
        Assert.Equal("https://api.mistral.ai/v1", snapshot.Resolve("mistral/x")!.Group.Deployments[0].BaseAddress!.AbsoluteUri);
        Assert.Equal("sk-litellm-proxy", snapshot.Settings.MasterKey!.Reveal());
    }

    [Fact]
    public void A_wrong_address_in_the_environment_is_a_problem_that_names_its_variable()
    {
        using var folder = new ConfigFolder().Set("OPENAI_API_KEY", "k").Set("OPENAI_API_BASE", "api.example");
        Assert.Equal(["environment OPENAI_API_BASE: must be an absolute http or https address, not 'api.example'"], folder.Problems());
    }
}
