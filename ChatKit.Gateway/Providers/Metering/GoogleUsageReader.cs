using System.Text.Json.Serialization;
using ChatKit.Gateway.Model;

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
            foreach (var piece in UsageReaders.Parse(json.Span, MeterJson.Default.MeteredGoogleArray) ?? []) Read(piece);
            return;
        }

        if (UsageReaders.Parse(json.Span, MeterJson.Default.MeteredGoogle) is { Usage: not null } answer) Read(answer);
        else _claude.Read(type, json);
    }

    /// <summary>Every piece of a stream has the counts up to it.</summary>
    private void Read(MeteredGoogle? answer)
    {
        if (answer?.Usage is not { } usage) return;
        var tokens = new TokenUsage(
            Input: (usage.Prompt ?? 0) + (usage.ToolUse ?? 0),
            Output: (usage.Candidates ?? 0) + (usage.Thoughts ?? 0),
            CacheRead: usage.Cached ?? 0,
            Reasoning: usage.Thoughts ?? 0);
        _facts = new AnswerFacts(tokens, answer.Id ?? _facts.ResponseId, answer.Model ?? _facts.ResponseModel, answer.Finish ?? _facts.FinishReason);
    }
}

internal sealed record MeteredGoogle(
    [property: JsonPropertyName("responseId")] string? Id,
    [property: JsonPropertyName("modelVersion")] string? Model,
    [property: JsonPropertyName("usageMetadata")] MeteredGoogleUsage? Usage,
    [property: JsonPropertyName("candidates")] IReadOnlyList<MeteredCandidate?>? Candidates)
{
    /// <summary>In OpenAI's words, as every finish reason here.</summary>
    public string? Finish => Candidates is [{ FinishReason: { } reason }, ..] ? reason switch { "STOP" => "stop", "MAX_TOKENS" => "length", _ => "content_filter" } : null;
}

internal sealed record MeteredCandidate([property: JsonPropertyName("finishReason")] string? FinishReason);

internal sealed record MeteredGoogleUsage(
    [property: JsonPropertyName("promptTokenCount")] long? Prompt,
    [property: JsonPropertyName("candidatesTokenCount")] long? Candidates,
    [property: JsonPropertyName("thoughtsTokenCount")] long? Thoughts,
    [property: JsonPropertyName("cachedContentTokenCount")] long? Cached,
    [property: JsonPropertyName("toolUsePromptTokenCount")] long? ToolUse);
