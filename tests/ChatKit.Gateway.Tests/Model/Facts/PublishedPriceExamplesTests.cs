using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Facts;
using Xunit;

namespace ChatKit.Gateway.Tests.Model.Facts;

/// <summary>
/// Providers' published prices, applied to usage as their own documentation shows it. Each line is reckoned by hand beside it, in millionths of a dollar; pages as of
/// 2026-11-22.
/// </summary>
public sealed class PublishedPriceExamplesTests
{
    /// <summary>
    /// https://platform.claude.com/docs/en/build-with-claude/prompt-caching (usage of the one-hour cache) at https://platform.claude.com/docs/en/about-claude/pricing:
    /// Sonnet 4.5 $3 in, $15 out, $0.30 from the cache, $3.75 into it, $6 for an hour.
    /// </summary>
    [Fact]
    public void Anthropic_what_was_cached_is_charged_once() => AssertCost(
        (2_048 * 3) + (1_800 * 0.30m) + (148 * 3.75m) + (100 * 6) + (503 * 15),
        "anthropic", "claude-sonnet-4-5",
        new TokenUsage(2_048 + 1_800 + 248, 503, CacheRead: 1_800, CacheCreation: 248) { Details = new UsageDetails { CacheCreationHour = 100 } });

    /// <summary>https://platform.claude.com/docs/en/build-with-claude/batch-processing: half of everything, the cache included.</summary>
    [Fact]
    public void Anthropic_a_batch_is_half_the_price() => AssertCost(
        (1_000 * 1.5m) + (200 * 7.5m) + (500 * 0.15m),
        "anthropic", "claude-sonnet-4-5", new TokenUsage(1_500, 200, CacheRead: 500) { Details = new UsageDetails { Tier = ServiceTier.Batch } });

    /// <summary>https://platform.openai.com/docs/guides/prompt-caching (2 006 in, 1 920 of them cached, 300 out) at GPT-4o's $2.50, $1.25 and $10.</summary>
    [Fact]
    public void OpenAi_cached_input_is_part_of_the_prompt() =>
        AssertCost((86 * 2.5m) + (1_920 * 1.25m) + (300 * 10), "openai", "gpt-4o", new TokenUsage(2_006, 300, CacheRead: 1_920));

    /// <summary>https://platform.openai.com/docs/guides/flex-processing: at the prices of a batch.</summary>
    [Fact]
    public void OpenAi_flex_is_charged_as_a_batch() =>
        AssertCost((1_000 * 1.25m) + (100 * 5), "openai", "gpt-4o", new TokenUsage(1_000, 100) { Details = new UsageDetails { Tier = ServiceTier.Flex } });

    /// <summary>https://platform.openai.com/docs/guides/priority-processing: dearer, and by how much this catalogue does not know.</summary>
    [Fact]
    public void OpenAi_priority_is_not_guessed() =>
        Assert.Null(Prices("openai", "gpt-4o").CostOf(new TokenUsage(1_000, 100) { Details = new UsageDetails { Tier = ServiceTier.Priority } }));

    /// <summary>https://platform.openai.com/docs/pricing: Whisper $0.006 a minute, TTS $15 a million characters, HD $30, moderation free.</summary>
    [Fact]
    public void OpenAi_sells_sound_by_the_minute_and_the_character()
    {
        AssertCost(6_000, "openai", "whisper-1", new TokenUsage(0, 0) { Details = new UsageDetails { Seconds = 60 } });
        AssertCost(15 * 100, "openai", "tts-1", new TokenUsage(0, 0) { Details = new UsageDetails { Characters = 100 } });
        AssertCost(30 * 100, "openai", "tts-1-hd", new TokenUsage(0, 0) { Details = new UsageDetails { Characters = 100 } });
        AssertCost(0, "openai", "omni-moderation-latest", new TokenUsage(0, 0));
    }

    /// <summary>https://platform.openai.com/docs/pricing: gpt-image-1 $5 for text, $10 for pictures looked at, $40 for pictures made; a square of high quality is 4 160 tokens.</summary>
    [Fact]
    public void OpenAi_sells_pictures_by_the_token() => AssertCost(
        (50 * 5) + (194 * 10) + (4_160 * 40), "openai", "gpt-image-1",
        new TokenUsage(244, 4_160) { Details = new UsageDetails { ImageInput = 194, ImageOutput = 4_160, Images = 1 } });

    /// <summary>https://ai.google.dev/gemini-api/docs/pricing: 2.5 Pro $1.25 and $10 up to 200 000 tokens, beyond it $2.50 and $15 for the whole request; thoughts are output.</summary>
    [Theory]
    [InlineData(200_000, (200_000 * 1.25) + (1_000 * 10))]
    [InlineData(200_001, (200_001 * 2.5) + (1_000 * 15))]
    public void Gemini_the_whole_of_a_long_request_is_dearer(int input, double microDollars) =>
        AssertCost((decimal)microDollars, "gemini", "gemini-2.5-pro", new TokenUsage(input, 1_000, Reasoning: 800));

    /// <summary>https://cohere.com/pricing: Rerank 3.5 $2 for a thousand searches.</summary>
    [Fact]
    public void Cohere_sells_searches() => AssertCost(3 * 2_000, "cohere", "rerank-v3.5", new TokenUsage(0, 0) { Details = new UsageDetails { Queries = 3 } });

    [Fact]
    public void Several_thresholds_hold_each_its_price()
    {
        var prices = new ModelPrices
        {
            Input = 1,
            Output = 2,
            LongContext = new LongContextPrices(128_000, new ModelPrices { Input = 3, LongContext = new LongContextPrices(256_000, new ModelPrices { Input = 5, Output = 7 }) }),
        };

        Assert.Equal(128_000_000L, prices.CostOf(new TokenUsage(128_000, 0)));
        Assert.Equal((200_000 * 3_000L) + 2_000, prices.CostOf(new TokenUsage(200_000, 1)));
        Assert.Equal((300_000 * 5_000L) + 7_000, prices.CostOf(new TokenUsage(300_000, 1)));
    }

    [Fact]
    public void Halves_of_a_billionth_are_rounded_away_from_zero_once() =>
        Assert.Equal(2, new ModelPrices { Input = 0.0005m }.CostOf(new TokenUsage(3, 0)));

    private static void AssertCost(decimal microDollars, string provider, string model, TokenUsage usage) =>
        Assert.Equal((long)Math.Round(microDollars * 1_000, MidpointRounding.AwayFromZero), Prices(provider, model).CostOf(usage));

    private static ModelPrices Prices(string provider, string model) => ModelFactsCatalog.Find(provider, model).Prices;
}
