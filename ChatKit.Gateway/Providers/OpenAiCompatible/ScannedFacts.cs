using System.Text;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.OpenAiCompatible;

/// <summary>What a scan found, in the gateway's own terms.</summary>
internal static class ScannedFacts
{
    public static AnswerFacts Of(in CompletionScan scan, ReadOnlySpan<byte> json) =>
        new(Tokens(scan.Usage), Text(scan.Id, json), Text(scan.Model, json), Text(scan.FinishReason, json));

    /// <summary>What the first chunks of a stream said stays; what the later ones add or correct is taken over.</summary>
    public static AnswerFacts With(in this AnswerFacts known, in CompletionScan scan, ReadOnlySpan<byte> json) => new(
        Tokens(scan.Usage) ?? known.Usage,
        known.ResponseId ?? Text(scan.Id, json),
        known.ResponseModel ?? Text(scan.Model, json),
        Text(scan.FinishReason, json) ?? known.FinishReason);

    private static TokenUsage? Tokens(UsageWire? usage) => usage is { } counted
        ? new TokenUsage(counted.PromptTokens, counted.CompletionTokens, CacheRead: counted.CachedTokens, Reasoning: counted.ReasoningTokens)
        : null;

    private static string? Text(ByteRange range, ReadOnlySpan<byte> json) => range.IsEmpty ? null : Encoding.UTF8.GetString(range.Of(json));
}
