using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Providers.Metering;

/// <summary>
/// Cohere's usage: version 2 has it in <c>usage</c>, in a stream in the delta of <c>message-end</c> (https://docs.cohere.com/reference/chat); version 1 and
/// embeddings in <c>meta</c>, in a stream in the response of <c>stream-end</c>.
/// </summary>
internal sealed class CohereUsageReader : IUsageReader
{
    public AnswerFacts Facts { get; private set; }

    public void Read(ReadOnlyMemory<byte> type, ReadOnlyMemory<byte> json)
    {
        if (UsageReaders.Parse(json.Span, MeterJson.Default.MeteredCohere) is not { } answer) return;
        var counts = answer.Usage ?? answer.Delta?.Usage ?? answer.Meta ?? answer.Response?.Meta;
        var tokens = counts?.Tokens ?? counts?.BilledUnits;
        var usage = tokens is null ? Facts.Usage : new TokenUsage((long)(tokens.InputTokens ?? 0), (long)(tokens.OutputTokens ?? 0), CacheRead: (long)(counts?.CachedTokens ?? 0));
        Facts = new AnswerFacts(usage, Facts.ResponseId ?? answer.Id ?? answer.GenerationId ?? answer.Response?.GenerationId, null, null);
    }
}

internal sealed record MeteredCohere(string? Id, string? GenerationId, MeteredCohereUsage? Usage, MeteredCohereUsage? Meta, MeteredCohere? Delta, MeteredCohere? Response);

internal sealed record MeteredCohereUsage(MeteredCohereTokens? Tokens, MeteredCohereTokens? BilledUnits, double? CachedTokens);

/// <summary>Whole numbers, spelt <c>12.0</c> by some versions.</summary>
internal sealed record MeteredCohereTokens(double? InputTokens, double? OutputTokens);
