using ChatKit.ServiceDefaults.Models;
using Xunit;

namespace ChatKit.ServiceDefaults.Tests.Models;

public sealed class ModelEndpointTests
{
    private const string Discovered = "services:gateway:http:0";

    [Fact]
    public void OpenAI_is_the_default()
    {
        var endpoint = Resolve(("OPENAI_API_KEY", "sk-1"));
        Assert.Equal(("openai", "https://api.openai.com/v1", "sk-1"), endpoint);
    }

    [Theory]
    [InlineData(" LiteLLM ", "litellm")]
    [InlineData("OPENAI", "openai")]
    [InlineData("", "openai")]
    public void The_provider_is_trimmed_and_lower_cased(string given, string provider) =>
        Assert.Equal(provider, Resolve(("MODEL_PROVIDER", given), ("OPENAI_API_KEY", "k"), ("LITELLM_API_KEY", "k")).Provider);

    [Fact]
    public void Addresses_of_openai_have_their_order()
    {
        var key = ("OPENAI_API_KEY", "k");
        var chatkit = ("CHATKIT_API_BASE", "https://chatkit.example");
        Assert.Equal("https://chatkit.example/v1", Resolve(key, chatkit).Base);
        Assert.Equal("https://model.example/v1", Resolve(key, chatkit, ("MODEL_API_BASE", "https://model.example")).Base);
    }

    [Fact]
    public void Addresses_of_litellm_have_their_order()
    {
        (string, string)[] settings = [("MODEL_PROVIDER", "litellm"), ("LITELLM_API_KEY", "k")];
        Assert.Equal("http://127.0.0.1:4000/v1", Resolve(settings).Base);
        Assert.Equal("http://127.0.0.1:4010/v1", Resolve(settings = [.. settings, ("LITELLM_PORT", "4010")]).Base);
        Assert.Equal("http://gateway:8080/v1", Resolve(settings = [.. settings, (Discovered, "http://gateway:8080")]).Base);
        Assert.Equal("http://litellm.example/v1", Resolve(settings = [.. settings, ("LITELLM_API_BASE", "http://litellm.example")]).Base);
        Assert.Equal("http://model.example/v1", Resolve([.. settings, ("MODEL_API_BASE", "http://model.example")]).Base);
    }

    [Theory]
    [InlineData("https://h", "https://h/v1")]
    [InlineData("https://h/", "https://h/v1")]
    [InlineData("https://h/v1", "https://h/v1")]
    [InlineData("https://h/v1/", "https://h/v1")]
    [InlineData("https://h/openai/v1", "https://h/openai/v1")]
    [InlineData("https://h/api", "https://h/api/v1")]
    public void V1_is_appended_unless_it_is_there(string given, string expected) =>
        Assert.Equal(expected, Resolve(("MODEL_API_BASE", given), ("OPENAI_API_KEY", "k")).Base);

    [Fact]
    public void Another_variable_may_hold_the_key()
    {
        (string, string)[] settings = [("MODEL_API_KEY_ENV", "GROQ_API_KEY"), ("GROQ_API_KEY", " gsk-1 "), ("OPENAI_API_KEY", "sk-1")];
        Assert.Equal("gsk-1", Resolve(settings).Key);
        Assert.Equal(("groq", "https://api.groq.com/openai/v1", "gsk-1"),
            Resolve([.. settings, ("MODEL_PROVIDER", "groq"), ("MODEL_API_BASE", "https://api.groq.com/openai/v1")]));
    }

    [Theory]
    [InlineData(new[] { "MODEL_PROVIDER=groq" }, new[] { "MODEL_API_BASE", "MODEL_API_KEY_ENV" })]
    [InlineData(new[] { "MODEL_PROVIDER=litellm", "LITELLM_PORT=none" }, new[] { "LITELLM_PORT", "LITELLM_API_KEY" })]
    [InlineData(new[] { "MODEL_PROVIDER=litellm", "LITELLM_API_BASE=localhost:4000" }, new[] { "LITELLM_API_BASE", "LITELLM_API_KEY" })]
    [InlineData(new[] { "OPENAI_API_KEY= " }, new[] { "OPENAI_API_KEY" })]
    [InlineData(new[] { "MODEL_API_KEY_ENV=GROQ_API_KEY", "OPENAI_API_KEY=k" }, new[] { "GROQ_API_KEY" })]
    public void Everything_that_is_missing_is_told_at_once(string[] settings, string[] variables)
    {
        var resolution = ModelEndpoint.Resolve(Settings.Of([.. settings.Select(s => s.Split('=')).Select(s => (s[0], (string?)s[1]))]));
        Assert.Null(resolution.Endpoint);
        Assert.Equal(variables, resolution.Problems.Select(problem => problem.Variable));
        Assert.All(resolution.Problems, problem => Assert.StartsWith(problem.Variable, problem.Message, StringComparison.Ordinal));
    }

    private static (string Provider, string Base, string Key) Resolve(params (string, string)[] settings)
    {
        var resolution = ModelEndpoint.Resolve(Settings.Of([.. settings.Select(s => (s.Item1, (string?)s.Item2))]));
        Assert.Empty(resolution.Problems);
        return (resolution.Required.Provider, resolution.Required.BaseAddress.ToString(), resolution.Required.ApiKey);
    }
}
