using ChatKit.Gateway.Model;
using ChatKit.Gateway.Model.Facts;
using Xunit;

namespace ChatKit.Gateway.Tests.Model.Facts;

public sealed class ModelPricesTests
{
    private static readonly ModelPrices Prices = new() { Input = 3, Output = 15, CacheRead = 0.3m, CacheWrite = 3.75m };

    [Fact]
    public void A_cost_is_in_billionths_of_a_dollar()
    {
        Assert.Equal((1_000 * 3_000L) + (200 * 15_000), Prices.CostOf(new TokenUsage(1_000, 200)));
        Assert.Equal(1, new ModelPrices { Input = 0.001m }.CostOf(new TokenUsage(1, 0)));
    }

    [Fact]
    public void Cached_tokens_are_charged_once_at_their_own_price() =>
        Assert.Equal((100 * 3_000L) + (800 * 300) + (100 * 3_750) + (10 * 15_000), Prices.CostOf(new TokenUsage(1_000, 10, CacheRead: 800, CacheCreation: 100)));

    [Fact]
    public void Without_a_price_of_their_own_cached_tokens_cost_what_others_do() =>
        Assert.Equal(1_000 * 3_000L, (Prices with { CacheRead = null, CacheWrite = null }).CostOf(new TokenUsage(1_000, 0, CacheRead: 800, CacheCreation: 100)));

    [Fact]
    public void A_missing_price_makes_the_cost_unknown_only_where_it_is_needed()
    {
        var embedding = new ModelPrices { Input = 0.02m };

        Assert.Equal(20 * 100, embedding.CostOf(new TokenUsage(100, 0)));
        Assert.Null(embedding.CostOf(new TokenUsage(100, 1)));
        Assert.Null(new ModelPrices { Output = 1 }.CostOf(new TokenUsage(100, 1)));
    }

    [Fact]
    public void Beyond_the_length_the_whole_request_costs_more()
    {
        var prices = Prices with { LongContext = new LongContextPrices(200_000, new ModelPrices { Input = 6, Output = 22.5m }) };

        Assert.Equal((200_000 * 3_000L) + 15_000, prices.CostOf(new TokenUsage(200_000, 1)));
        Assert.Equal((200_001 * 6_000L) + 22_500, prices.CostOf(new TokenUsage(200_001, 1)));
    }

    [Fact]
    public void A_price_of_ones_own_has_no_published_surcharge()
    {
        var published = Prices with { LongContext = new LongContextPrices(200_000, new ModelPrices { Input = 6 }) };

        Assert.Null(new ModelPrices { Input = 1 }.Over(published).LongContext);
        Assert.Equal((1m, 15m), (new ModelPrices { Input = 1 }.Over(published).Input, new ModelPrices { Input = 1 }.Over(published).Output));
        Assert.NotNull(new ModelPrices { CacheRead = 1 }.Over(published).LongContext);
    }
}
