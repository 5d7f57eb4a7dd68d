using System.Text.Json.Serialization;
using ChatKit.Gateway.Providers.Gemini;
using ChatKit.Gateway.Wire.Gemini;

namespace ChatKit.Gateway.Providers.Metering;

/// <summary>
/// Gemini's usage (https://ai.google.dev/api/generate-content#UsageMetadata), whole, in events, or in the array that a stream without <c>alt=sse</c> is; on Vertex AI,
/// Claude's beside it.
/// </summary>
internal sealed class GoogleUsageReader : IUsageReader
{
    private readonly AnthropicUsageReader _claude = new();

    private AnswerFacts _facts;

    public AnswerFacts Facts => _facts.Usage is null ? _claude.Facts : _facts;

    public void Read(ReadOnlyMemory<byte> type, ReadOnlyMemory<byte> json)
    {
        if (json.Span.TrimStart(" \r\n\t"u8).StartsWith("["u8))
        {
            foreach (var piece in UsageReaders.Parse(json.Span, GoogleMeterJson.Default.MeteredGoogleArray) ?? []) Read(piece);
            return;
        }

        if (UsageReaders.Parse(json.Span, GoogleMeterJson.Default.MeteredGoogle) is { Usage: not null } answer) Read(answer);
        else _claude.Read(type, json);
    }

    /// <summary>Every piece of a stream has the counts up to it.</summary>
    private void Read(MeteredGoogle? answer)
    {
        if (answer?.Usage is not { } usage) return;
        var tokens = GeminiTokens.Of(usage);
        _facts = new AnswerFacts(tokens, answer.Id ?? _facts.ResponseId, answer.Model ?? _facts.ResponseModel, answer.Finish ?? _facts.FinishReason);
    }
}

internal sealed record MeteredGoogle(
    [property: JsonPropertyName("responseId")] string? Id,
    [property: JsonPropertyName("modelVersion")] string? Model,
    [property: JsonPropertyName("usageMetadata")] GeminiUsage? Usage,
    [property: JsonPropertyName("candidates")] IReadOnlyList<MeteredCandidate?>? Candidates)
{
    /// <summary>In OpenAI's words, as every finish reason here.</summary>
    public string? Finish => Candidates is [{ FinishReason: { } reason }, ..] ? reason switch { "STOP" => "stop", "MAX_TOKENS" => "length", _ => "content_filter" } : null;
}

internal sealed record MeteredCandidate([property: JsonPropertyName("finishReason")] string? FinishReason);
