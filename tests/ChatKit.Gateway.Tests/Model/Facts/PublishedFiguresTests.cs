using ChatKit.Gateway.Model.Facts;
using Xunit;

namespace ChatKit.Gateway.Tests.Model.Facts;

/// <summary>The catalogue against figures that stand on providers' own pages. Prices in US dollars per million tokens.</summary>
public sealed class PublishedFiguresTests
{
    // https://platform.openai.com/docs/models/gpt-4o, …/gpt-4.1, …/text-embedding-3-small
    [Theory]
    [InlineData("openai", "gpt-4o", 128_000, 16_384, 2.5, 10, 1.25)]
    [InlineData("openai", "gpt-4o-mini", 128_000, 16_384, 0.15, 0.6, 0.075)]
    [InlineData("openai", "gpt-4.1", 1_047_576, 32_768, 2, 8, 0.5)]
    // https://docs.claude.com/en/docs/about-claude/models/overview
    [InlineData("anthropic", "claude-sonnet-4-5", 200_000, 64_000, 3, 15, 0.3)]
    [InlineData("anthropic", "claude-haiku-4-5", 200_000, 64_000, 1, 5, 0.1)]
    // https://ai.google.dev/gemini-api/docs/models, …/pricing
    [InlineData("gemini", "gemini-2.5-pro", 1_048_576, 65_536, 1.25, 10, 0.125)]
    [InlineData("gemini", "gemini-2.5-flash-lite", 1_048_576, 65_536, 0.1, 0.4, 0.01)]
    // https://console.groq.com/docs/model/llama-3.3-70b-versatile
    [InlineData("groq", "llama-3.3-70b-versatile", 131_072, 32_768, 0.59, 0.79, null)]
    public void Sizes_and_prices_are_the_published_ones(string provider, string model, int window, int longest, double input, double output, double? cached)
    {
        var facts = ModelFactsCatalog.Find(provider, model);

        Assert.Equal((window, longest), (facts.ContextWindow, facts.MaxOutput));
        Assert.Equal(((decimal)input, (decimal)output), (facts.Prices.Input, facts.Prices.Output));
        Assert.Equal((decimal?)cached, facts.Prices.CacheRead);
    }

    [Theory]
    [InlineData("openai", "text-embedding-3-small", "embedding", 0.02)]
    [InlineData("openai", "text-embedding-3-large", "embedding", 0.13)]
    [InlineData("openai", "gpt-4o", "chat", 2.5)]
    [InlineData("voyage", "voyage-3-large", "embedding", 0.18)]
    public void A_model_is_known_by_what_it_does(string provider, string model, string mode, double input)
    {
        var facts = ModelFactsCatalog.Find(provider, model);

        Assert.Equal((mode, (decimal)input), (facts.Mode, facts.Prices.Input));
    }

    /// <summary>https://docs.claude.com/en/docs/build-with-claude/prompt-caching#pricing: writes at 1.25 times the input price, for an hour at twice.</summary>
    [Fact]
    public void Anthropic_charges_more_for_what_it_writes_to_its_cache()
    {
        var prices = ModelFactsCatalog.Find("anthropic", "claude-sonnet-4-5").Prices;

        Assert.Equal((3m, 3.75m, 6m), (prices.Input, prices.CacheWrite, prices.CacheWriteHour));
    }

    /// <summary>https://ai.google.dev/gemini-api/docs/pricing: $2.50 and $15 for prompts of more than 200 000 tokens.</summary>
    [Fact]
    public void Gemini_charges_more_for_long_prompts()
    {
        var longer = ModelFactsCatalog.Find("gemini", "gemini-2.5-pro").Prices.LongContext;

        Assert.Equal((200_000, 2.5m, 15m), (longer?.Above, longer?.Prices.Input, longer?.Prices.Output));
    }

    [Theory]
    [InlineData("openai", "gpt-4o", true, false, true, true)]
    [InlineData("openai", "gpt-4", false, false, null, true)]
    [InlineData("anthropic", "claude-sonnet-4-5", true, false, true, true)]
    [InlineData("gemini", "gemini-2.5-pro", true, true, true, true)]
    [InlineData("mistral", "codestral-latest", false, false, null, true)]
    public void Abilities_are_the_published_ones(string provider, string model, bool? vision, bool? audio, bool? pdf, bool? tools)
    {
        var facts = ModelFactsCatalog.Find(provider, model);

        Assert.Equal((vision, audio, pdf, tools), (facts.Vision, facts.Audio, facts.Pdf, facts.Tools));
    }
}
