using System.Text.Json.Serialization;

namespace ChatKit.Gateway.Model.Facts;

/// <summary>
/// One provider's file in <c>Data/</c>, which <c>refresh.mjs</c> makes:
/// <code>{"provider":"openai","date":"2026-11-22","batch":{"in":0.5,"out":0.5,"read":0.5},"models":{"gpt-4o":{"mode":"chat","context":128000,"output":16384,"in":2.5,"out":10,"read":1.25,"can":"vision -audio pdf tools"}}}</code>
/// </summary>
/// <param name="Batch">What is left of the prices in a batch; null where the provider has none, or nobody said.</param>
/// <param name="Models">By name.</param>
internal sealed record FactsFile(BatchRow? Batch, Dictionary<string, FactsRow> Models);

/// <summary>Shares of the usual prices: https://platform.openai.com/docs/guides/batch, https://platform.claude.com/docs/en/build-with-claude/batch-processing …</summary>
internal sealed record BatchRow(decimal In, decimal Out, decimal Read)
{
    public ModelPrices? Of(ModelPrices usual) => usual.Input is null ? null : new ModelPrices
    {
        Input = usual.Input * In,
        Output = usual.Output * Out,
        CacheRead = usual.CacheRead * Read,
        CacheWrite = usual.CacheWrite * In,
        CacheWriteHour = usual.CacheWriteHour * In,
        AudioInput = usual.AudioInput * In,
        AudioOutput = usual.AudioOutput * Out,
        LongContext = usual.LongContext is { } longer && Of(longer.Prices) is { } prices ? longer with { Prices = prices } : null,
    };
}

/// <summary>One model, as short as it can be said. <c>can</c> lists what is known of its abilities; a minus is a no.</summary>
internal sealed record FactsRow
{
    public string? Mode { get; init; }

    public int? Context { get; init; }

    public int? Output { get; init; }

    public decimal? In { get; init; }

    public decimal? Out { get; init; }

    public decimal? Read { get; init; }

    public decimal? Write { get; init; }

    public decimal? Hour { get; init; }

    public decimal? AudioIn { get; init; }

    public decimal? AudioOut { get; init; }

    public decimal? ImageIn { get; init; }

    public decimal? ImageOut { get; init; }

    public decimal? Image { get; init; }

    public decimal? Request { get; init; }

    public decimal? Second { get; init; }

    public decimal? Chars { get; init; }

    public decimal? Query { get; init; }

    public LongRow? Long { get; init; }

    public string? Can { get; init; }

    public ModelFacts ToFacts(BatchRow? batch)
    {
        var abilities = Can?.Split(' ') ?? [];
        var prices = Prices();
        return new ModelFacts
        {
            Mode = Mode,
            ContextWindow = Context,
            MaxOutput = Output,
            Prices = prices with { Batch = batch?.Of(prices) },
            Vision = Is("vision"),
            Audio = Is("audio"),
            Pdf = Is("pdf"),
            Tools = Is("tools"),
            Reasoning = Is("reasoning"),
        };

        bool? Is(string ability) => abilities.Contains(ability) ? true : abilities.Contains("-" + ability) ? false : null;
    }

    private ModelPrices Prices() => new()
    {
        Input = In,
        Output = Out,
        CacheRead = Read,
        CacheWrite = Write,
        CacheWriteHour = Hour,
        AudioInput = AudioIn,
        AudioOutput = AudioOut,
        ImageInput = ImageIn,
        ImageOutput = ImageOut,
        Image = Image,
        Request = Request,
        Second = Second,
        Character = Chars,
        Query = Query,
        LongContext = Long?.ToPrices(),
    };
}

/// <summary>The prices beyond a length of input.</summary>
internal sealed record LongRow(int Above, decimal? In, decimal? Out, decimal? Read, decimal? Write)
{
    public LongContextPrices ToPrices() => new(Above, new ModelPrices { Input = In, Output = Out, CacheRead = Read, CacheWrite = Write });
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(FactsFile))]
internal sealed partial class FactsJson : JsonSerializerContext;
