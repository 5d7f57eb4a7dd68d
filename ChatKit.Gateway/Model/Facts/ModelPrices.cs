namespace ChatKit.Gateway.Model.Facts;

/// <summary>
/// A model's price list in US dollars, as providers publish it, and exact: per million tokens or characters, per second, per picture, per request. Null where nobody
/// said.
/// </summary>
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

    /// <summary>Output that the model thought and did not say, where that has a price of its own.</summary>
    public decimal? Reasoning { get; init; }

    public decimal? AudioInput { get; init; }

    public decimal? AudioOutput { get; init; }

    /// <summary>Tokens of pictures that the model looked at.</summary>
    public decimal? ImageInput { get; init; }

    /// <summary>Tokens of pictures that the model made.</summary>
    public decimal? ImageOutput { get; init; }

    /// <summary>A picture that the model made.</summary>
    public decimal? Image { get; init; }

    /// <summary>A request, whatever is in it.</summary>
    public decimal? Request { get; init; }

    /// <summary>A second of sound, or of computing.</summary>
    public decimal? Second { get; init; }

    /// <summary>A million characters that are spoken.</summary>
    public decimal? Character { get; init; }

    /// <summary>A search unit of a reranker.</summary>
    public decimal? Query { get; init; }

    /// <summary>What the whole request costs once its input is long; null where length makes no difference. The longer prices may have longer ones again.</summary>
    public LongContextPrices? LongContext { get; init; }

    /// <summary>What differs for a batch.</summary>
    public ModelPrices? Batch { get; init; }

    /// <summary>What differs for a call that may wait.</summary>
    public ModelPrices? Flex { get; init; }

    /// <summary>What differs for a call that may not.</summary>
    public ModelPrices? Priority { get; init; }

    /// <summary>The cost of an attempt in billionths of a dollar; null where a price that it takes is not known.</summary>
    public long? CostOf(in TokenUsage usage) => AttemptCost.Of(this, usage)?.Total;

    /// <summary>These prices, and where they say nothing, the others.</summary>
    public ModelPrices Over(ModelPrices published) => this == Unknown ? published : new ModelPrices
    {
        Input = Input ?? published.Input,
        Output = Output ?? published.Output,
        CacheRead = CacheRead ?? published.CacheRead,
        CacheWrite = CacheWrite ?? published.CacheWrite,
        CacheWriteHour = CacheWriteHour ?? published.CacheWriteHour,
        Reasoning = Reasoning ?? published.Reasoning,
        AudioInput = AudioInput ?? published.AudioInput,
        AudioOutput = AudioOutput ?? published.AudioOutput,
        ImageInput = ImageInput ?? published.ImageInput,
        ImageOutput = ImageOutput ?? published.ImageOutput,
        Image = Image ?? published.Image,
        Request = Request ?? published.Request,
        Second = Second ?? published.Second,
        Character = Character ?? published.Character,
        Query = Query ?? published.Query,
        // Prices of one's own are not the ones that the published surcharges and discounts are on.
        LongContext = LongContext ?? (IsOwn ? null : published.LongContext),
        Batch = Batch ?? (IsOwn ? null : published.Batch),
        Flex = Flex ?? (IsOwn ? null : published.Flex),
        Priority = Priority ?? (IsOwn ? null : published.Priority),
    };

    private bool IsOwn => Input is not null || Output is not null;
}

/// <summary>The prices of a request whose input has more tokens than <paramref name="Above"/>; what they leave out costs what it always does.</summary>
internal sealed record LongContextPrices(int Above, ModelPrices Prices);
