using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers;

public sealed class ProviderRowsTests
{
    [Fact]
    public void Every_provider_has_one_row() =>
        Assert.Equal(ProviderRows.All.Count, ProviderRows.All.Select(row => row.Name).Distinct().Count());

    [Fact]
    public void Every_default_base_is_an_absolute_address_without_a_trailing_slash() =>
        Assert.All(ProviderRows.All.Where(row => row.DefaultBase is not null), row =>
        {
            Assert.True(Uri.TryCreate(row.DefaultBase, UriKind.Absolute, out var address), row.Name);
            Assert.True(address!.Scheme == "https" || row.KeyOptional, $"{row.Name} sends a key over {address.Scheme}");
            Assert.False(row.DefaultBase!.EndsWith('/'), row.Name);
            Assert.EndsWith(row.BaseSuffix ?? string.Empty, row.DefaultBase, StringComparison.Ordinal);
        });

    [Fact]
    public void Every_provider_can_be_given_a_key_and_an_address_by_environment() =>
        Assert.All(ProviderRows.All, row =>
        {
            Assert.NotEmpty(row.KeyVariables);
            Assert.Matches("^[A-Z0-9_]+_API_BASE$", row.BaseVariables.First());
            Assert.All([.. row.KeyVariables, .. row.BaseVariables], name => Assert.Matches("^[A-Z][A-Z0-9_]+$", name));
        });

    [Theory]
    [InlineData("openai", "OPENAI_API_KEY", "OPENAI_API_BASE,OPENAI_BASE_URL")]
    [InlineData("mistral", "MISTRAL_API_KEY", "MISTRAL_API_BASE")]
    [InlineData("anthropic", "ANTHROPIC_API_KEY", "ANTHROPIC_API_BASE,ANTHROPIC_BASE_URL")]
    [InlineData("together_ai", "TOGETHERAI_API_KEY,TOGETHER_API_KEY,TOGETHER_AI_API_KEY", "TOGETHER_AI_API_BASE")]
    [InlineData("perplexity", "PERPLEXITYAI_API_KEY,PERPLEXITY_API_KEY", "PERPLEXITY_API_BASE")]
    [InlineData("fireworks_ai", "FIREWORKS_AI_API_KEY,FIREWORKS_API_KEY", "FIREWORKS_AI_API_BASE,FIREWORKS_API_BASE")]
    [InlineData("meta_llama", "LLAMA_API_KEY", "META_LLAMA_API_BASE,LLAMA_API_BASE")]
    [InlineData("ollama_chat", "OLLAMA_API_KEY", "OLLAMA_CHAT_API_BASE,OLLAMA_API_BASE")]
    [InlineData("nano-gpt", "NANOGPT_API_KEY,NANO_GPT_API_KEY", "NANO_GPT_API_BASE")]
    public void Variables_are_those_that_LiteLLM_reads(string provider, string keys, string bases)
    {
        var row = Assert.Single(ProviderRows.All, row => row.Name == provider);
        Assert.Equal(keys.Split(','), row.KeyVariables);
        Assert.Equal(bases.Split(','), row.BaseVariables);
    }

    [Fact]
    public void Mistral_is_never_asked_what_it_refuses()
    {
        var quirks = ProviderRows.All.Single(row => row.Name == "mistral").Quirks;
        Assert.False(quirks.AcceptsStreamOptions);
        Assert.Contains(new MemberRename("seed", "random_seed"), quirks.Renames);
        Assert.Contains(new ValueRename("tool_choice", "required", "any"), quirks.Values);
    }

    [Fact]
    public void A_bare_model_name_means_at_most_one_provider() =>
        Assert.All(ProviderRows.All.Where(row => row.NamePatterns.Count > 0).SelectMany(row => row.Models), model =>
            Assert.True(ProviderRows.All.Count(row => row.NamePatterns.Any(pattern => new WildcardPattern(pattern).Match(model) is not null)) <= 1, model));

    [Fact]
    public void Every_provider_with_bare_names_recognises_the_models_that_it_lists_first() =>
        Assert.All(ProviderRows.All.Where(row => row.NamePatterns.Count > 0), row =>
            Assert.Contains(row.NamePatterns, pattern => new WildcardPattern(pattern).Match(row.Models[0]) is not null));
}
