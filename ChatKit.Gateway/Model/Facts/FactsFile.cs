using System.Text.Json.Serialization;

namespace ChatKit.Gateway.Model.Facts;

/// <summary>
/// One provider's file in <c>Data/</c>, which <c>refresh.mjs</c> makes:
/// <code>{"provider":"openai","date":"2026-11-22","models":{"gpt-4o":{"mode":"chat","context":128000,"output":16384,"in":2.5,"out":10,"read":1.25,"can":"vision -audio pdf tools"}}}</code>
/// </summary>
internal sealed record FactsFile(Dictionary<string, FactsRow> Models);

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

    public LongRow? Long { get; init; }

    public string? Can { get; init; }

    public ModelFacts ToFacts()
    {
        var abilities = Can?.Split(' ') ?? [];
        return new ModelFacts
        {
            Mode = Mode,
            ContextWindow = Context,
            MaxOutput = Output,
            Prices = new ModelPrices
            {
                Input = In,
                Output = Out,
                CacheRead = Read,
                CacheWrite = Write,
                CacheWriteHour = Hour,
                AudioInput = AudioIn,
                AudioOutput = AudioOut,
                LongContext = Long?.ToPrices(),
            },
            Vision = Is("vision"),
            Audio = Is("audio"),
            Pdf = Is("pdf"),
            Tools = Is("tools"),
            Reasoning = Is("reasoning"),
        };

        bool? Is(string ability) => abilities.Contains(ability) ? true : abilities.Contains("-" + ability) ? false : null;
    }
}

/// <summary>The prices beyond a length of input.</summary>
internal sealed record LongRow(int Above, decimal? In, decimal? Out, decimal? Read, decimal? Write)
{
    public LongContextPrices ToPrices() => new(Above, new ModelPrices { Input = In, Output = Out, CacheRead = Read, CacheWrite = Write });
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(FactsFile))]
internal sealed partial class FactsJson : JsonSerializerContext;
