using System.Text;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.OpenAiCompatible;

/// <summary>What a scan found, in the gateway's own terms.</summary>
internal static class ScannedFacts
{
    public static AnswerFacts Of(in CompletionScan scan, ReadOnlySpan<byte> json) =>
        new(Tokens(scan, json), Text(scan.Id, json), Text(scan.Model, json), Text(scan.FinishReason, json)) { Items = scan.Items, Seconds = scan.Duration };

    /// <summary>What the first chunks of a stream said stays; what the later ones add or correct is taken over.</summary>
    public static AnswerFacts With(in this AnswerFacts known, in CompletionScan scan, ReadOnlySpan<byte> json) => new(
        Tokens(scan, json) ?? known.Usage,
        known.ResponseId ?? Text(scan.Id, json),
        known.ResponseModel ?? Text(scan.Model, json),
        Text(scan.FinishReason, json) ?? known.FinishReason);

    private static TokenUsage? Tokens(in CompletionScan scan, ReadOnlySpan<byte> json) => scan.Usage is { } counted
        ? new TokenUsage(counted.PromptTokens, counted.CompletionTokens, counted.CachedTokens, counted.WrittenTokens, counted.ReasoningTokens)
        {
            Details = Details(counted, Tier(scan.ServiceTier.Of(json))),
        }
        : null;

    /// <summary>Nothing for plain text at the usual price, which nearly every call is.</summary>
    private static UsageDetails? Details(in UsageWire counted, ServiceTier tier) =>
        tier is ServiceTier.Standard && counted is { AudioPromptTokens: 0, AudioCompletionTokens: 0, ImagePromptTokens: 0, ImageCompletionTokens: 0, Seconds: 0 } ? null : new UsageDetails
        {
            AudioInput = counted.AudioPromptTokens,
            AudioOutput = counted.AudioCompletionTokens,
            ImageInput = counted.ImagePromptTokens,
            ImageOutput = counted.ImageCompletionTokens,
            Seconds = counted.Seconds,
            Tier = tier,
        };

    private static ServiceTier Tier(ReadOnlySpan<byte> word) =>
        word.SequenceEqual("flex"u8) ? ServiceTier.Flex
        : word.SequenceEqual("priority"u8) ? ServiceTier.Priority
        : word.SequenceEqual("batch"u8) ? ServiceTier.Batch
        : ServiceTier.Standard;

    private static string? Text(ByteRange range, ReadOnlySpan<byte> json) => range.IsEmpty ? null : Encoding.UTF8.GetString(range.Of(json));
}
