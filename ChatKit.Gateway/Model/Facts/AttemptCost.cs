namespace ChatKit.Gateway.Model.Facts;

/// <summary>
/// What an attempt costs, in billionths of a US dollar: the one place where tokens become money. Every token is charged once, at its own price: what came from the
/// cache, went into it, or was sound or picture leaves the plain share first. The sum is exact and is rounded once, half away from zero.
/// </summary>
/// <param name="Total">All of it.</param>
/// <param name="Input">The share of what was sent; the rest is the answer's and the request's own.</param>
internal readonly record struct AttemptCost(long Total, long Input)
{
    private const decimal Million = 1_000_000;
    private const decimal Billion = 1_000_000_000;

    /// <summary>Null where a price that it takes is not known: never zero for want of knowledge.</summary>
    public static AttemptCost? Of(ModelPrices list, in TokenUsage usage)
    {
        if (PricesFor(list, usage) is not { } prices) return null;
        var (sent, answered, units) = (InputOf(prices, usage), OutputOf(prices, usage), UnitsOf(prices, usage.Details));
        if (units is null ? sent is null || answered is null : IsTokenPriced(prices) && (sent is null || answered is null)) return null;
        var total = (sent ?? 0) + (answered ?? 0) + ((units ?? 0) * Million);
        return new AttemptCost(Nano(total), Nano(sent ?? 0));
    }

    /// <summary>The list for this length and urgency. A tier that is known to differ, by nobody knows how much, has none.</summary>
    private static ModelPrices? PricesFor(ModelPrices list, in TokenUsage usage)
    {
        var tier = usage.Details?.Tier switch
        {
            ServiceTier.Batch => list.Batch,
            ServiceTier.Flex => list.Flex ?? list.Batch,
            ServiceTier.Priority => list.Priority,
            _ => ModelPrices.Unknown,
        };
        if (tier is null) return null;
        var prices = tier.Over(list);
        while (prices.LongContext is { } longer && usage.Input > longer.Above)
            prices = longer.Prices.Over(prices with { LongContext = null });
        return prices;
    }

    /// <summary>In millionths; null where tokens were sent that have no price.</summary>
    private static decimal? InputOf(ModelPrices prices, in TokenUsage usage)
    {
        if (prices.Input is not { } input) return usage.Input == 0 && IsTokenPriced(prices) ? 0 : null;
        var details = usage.Details;
        var rest = usage.Input;
        var read = Take(ref rest, usage.CacheRead);
        var written = Take(ref rest, usage.CacheCreation);
        var hour = Math.Min(written, details?.CacheCreationHour ?? 0);
        var write = prices.CacheWrite ?? input;
        var cost = (read * (prices.CacheRead ?? input)) + ((written - hour) * write) + (hour * (prices.CacheWriteHour ?? write));
        if (details is not null)
            cost += (Take(ref rest, details.AudioInput) * (prices.AudioInput ?? input)) + (Take(ref rest, details.ImageInput) * (prices.ImageInput ?? input));
        return cost + (rest * input);
    }

    private static decimal? OutputOf(ModelPrices prices, in TokenUsage usage)
    {
        var rest = usage.Output;
        decimal cost = 0;
        if (usage.Details is { } details)
        {
            if (prices.AudioOutput is { } audio) cost += Take(ref rest, details.AudioOutput) * audio;
            if (prices.ImageOutput is { } image) cost += Take(ref rest, details.ImageOutput) * image;
        }

        if (prices.Reasoning is { } thought) cost += Take(ref rest, usage.Reasoning) * thought;
        return rest == 0 ? cost : prices.Output is { } output ? cost + (rest * output) : null;
    }

    /// <summary>In dollars; null where nothing of the call is sold by the piece.</summary>
    private static decimal? UnitsOf(ModelPrices prices, UsageDetails? details)
    {
        decimal? cost = prices.Request;
        if (details is null) return cost;
        Add(prices.Image, details.Images);
        Add(prices.Second, details.Seconds);
        Add(prices.Character / Million, details.Characters);
        Add(prices.Query, details.Queries);
        return cost;

        void Add(decimal? price, decimal count)
        {
            if (price is { } each && count > 0) cost = (cost ?? 0) + (each * count);
        }
    }

    private static bool IsTokenPriced(ModelPrices prices) => prices.Input is not null || prices.Output is not null;

    /// <summary>What parts there are of it; overlapping counts are not charged twice.</summary>
    private static long Take(ref long rest, long part)
    {
        var taken = Math.Clamp(part, 0, Math.Max(0, rest));
        rest -= taken;
        return taken;
    }

    private static long Nano(decimal millionths) => (long)Math.Round(millionths * (Billion / Million), MidpointRounding.AwayFromZero);
}
