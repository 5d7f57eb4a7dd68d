using ChatKit.Gateway.Model.Facts;

namespace ChatKit.Gateway.Config;

/// <summary>
/// LiteLLM's names of prices (https://docs.litellm.ai/docs/proxy/model_cost_map), all in US dollars for one unit: where an entry of <c>model_list</c> or of a cost map
/// says them, they are read here.
/// </summary>
/// <param name="price">The value under a name; null where it is not given or wrong, which was reported.</param>
internal sealed class PriceReader(Func<string, PriceUnit, decimal?> price)
{
    private static readonly string[] PerToken =
        ["input_cost_per_token", "output_cost_per_token", "cache_read_input_token_cost", "cache_creation_input_token_cost", "cache_creation_input_token_cost_above_1hr"];

    private static readonly string[] OfKind =
        ["output_cost_per_reasoning_token", "input_cost_per_audio_token", "output_cost_per_audio_token", "input_cost_per_image_token", "output_cost_per_image_token"];

    private static readonly string[] PerUnit =
        ["input_cost_per_image", "output_cost_per_image", "input_cost_per_second", "output_cost_per_second", "input_cost_per_character", "output_cost_per_character",
         "input_cost_per_query", "input_cost_per_request"];

    private static readonly string[] Tiers = ["_batches", "_flex", "_priority"];

    /// <summary>Thousands of tokens beyond which some provider's prices rise.</summary>
    private static readonly int[] Thresholds = [128, 200, 256, 272, 512];

    /// <summary>Every name that is understood.</summary>
    public static IReadOnlyList<string> Keys { get; } =
        [.. PerToken, .. OfKind, .. PerUnit, .. from suffix in Tiers.Concat(Thresholds.Select(Above)) from key in PerToken select key + suffix];

    public ModelPrices Read() => Of("") with
    {
        Reasoning = Million("output_cost_per_reasoning_token"),
        AudioInput = Million("input_cost_per_audio_token"),
        AudioOutput = Million("output_cost_per_audio_token"),
        ImageInput = Million("input_cost_per_image_token"),
        ImageOutput = Million("output_cost_per_image_token"),
        Image = Either("output_cost_per_image", "input_cost_per_image"),
        Second = Either("input_cost_per_second", "output_cost_per_second"),
        Character = Million("input_cost_per_character") ?? Million("output_cost_per_character"),
        Query = price("input_cost_per_query", PriceUnit.Piece),
        Request = price("input_cost_per_request", PriceUnit.Piece),
        LongContext = Longer(0),
        Batch = Tier("_batches"),
        Flex = Tier("_flex"),
        Priority = Tier("_priority"),
    };

    private ModelPrices Of(string suffix) => new()
    {
        Input = Million("input_cost_per_token" + suffix),
        Output = Million("output_cost_per_token" + suffix),
        CacheRead = Million("cache_read_input_token_cost" + suffix),
        CacheWrite = Million("cache_creation_input_token_cost" + suffix),
        CacheWriteHour = Million("cache_creation_input_token_cost_above_1hr" + suffix),
    };

    private ModelPrices? Tier(string suffix) => Of(suffix) is var prices && prices == ModelPrices.Unknown ? null : prices;

    /// <summary>The lower threshold holds the higher one.</summary>
    private LongContextPrices? Longer(int from)
    {
        for (var at = from; at < Thresholds.Length; at++)
            if (Tier(Above(Thresholds[at])) is { } prices)
                return new LongContextPrices(Thresholds[at] * 1000, prices with { LongContext = Longer(at + 1) });
        return null;
    }

    private decimal? Million(string key) => price(key, PriceUnit.Token) * 1_000_000;

    private decimal? Either(string key, string other) => price(key, PriceUnit.Piece) ?? price(other, PriceUnit.Piece);

    private static string Above(int thousands) => $"_above_{thousands}k_tokens";
}

/// <summary>What a price is for.</summary>
internal enum PriceUnit
{
    /// <summary>Or a character: beyond a dollar, somebody wrote the price of a million.</summary>
    Token,

    /// <summary>A picture, a second, a request.</summary>
    Piece,
}
