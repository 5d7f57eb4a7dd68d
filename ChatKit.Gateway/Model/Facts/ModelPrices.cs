namespace ChatKit.Gateway.Model.Facts;

/// <summary>A model's price list: US dollars per million tokens, which is how providers publish it, and exact. Null where nobody said.</summary>
internal sealed record ModelPrices
{
    public static ModelPrices Unknown { get; } = new();

    public decimal? Input { get; init; }

    public decimal? Output { get; init; }

    /// <summary>Input that the provider had in its cache.</summary>
    public decimal? CacheRead { get; init; }

    /// <summary>Input that the provider put into its cache.</summary>
    public decimal? CacheWrite { get; init; }

    /// <summary>Input that the provider keeps in its cache for an hour.</summary>
    public decimal? CacheWriteHour { get; init; }

    public decimal? AudioInput { get; init; }

    public decimal? AudioOutput { get; init; }

    /// <summary>What the whole request costs once its input is long; null where length makes no difference.</summary>
    public LongContextPrices? LongContext { get; init; }

    /// <summary>
    /// The cost of an attempt in billionths of a dollar; null where a price that it takes is not known. <see cref="TokenUsage.Input"/> includes what was read
    /// from and written to the cache, so those tokens leave the plain share before they are charged at their own price: none is billed twice.
    /// </summary>
    public long? CostOf(in TokenUsage usage)
    {
        if (LongContext is { } longer && usage.Input > longer.Above) return longer.Prices.Over(this with { LongContext = null }).CostOf(usage);
        if (Input is not { } input || (Output is null && usage.Output > 0)) return null;
        var plain = Math.Max(0, usage.Input - usage.CacheRead - usage.CacheCreation);
        var microDollars = (plain * input) + (usage.CacheRead * (CacheRead ?? input)) + (usage.CacheCreation * (CacheWrite ?? input)) + (usage.Output * (Output ?? 0));
        return (long)Math.Round(microDollars * 1000, MidpointRounding.AwayFromZero);
    }

    /// <summary>These prices, and where they say nothing, the others.</summary>
    public ModelPrices Over(ModelPrices published) => this == Unknown ? published : new ModelPrices
    {
        Input = Input ?? published.Input,
        Output = Output ?? published.Output,
        CacheRead = CacheRead ?? published.CacheRead,
        CacheWrite = CacheWrite ?? published.CacheWrite,
        CacheWriteHour = CacheWriteHour ?? published.CacheWriteHour,
        AudioInput = AudioInput ?? published.AudioInput,
        AudioOutput = AudioOutput ?? published.AudioOutput,
        // Prices of one's own are not the ones that the published surcharge is on.
        LongContext = LongContext ?? (Input is null && Output is null ? published.LongContext : null),
    };
}

/// <summary>The prices of a request whose input has more tokens than <paramref name="Above"/>; what they leave out costs what it always does.</summary>
internal sealed record LongContextPrices(int Above, ModelPrices Prices);
