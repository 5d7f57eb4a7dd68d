using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Providers.Metering;

/// <summary>
/// OpenAI's usage in both of its vocabularies, of completions, embeddings and images, and of responses, whose stream has the whole response in its last event
/// (https://platform.openai.com/docs/api-reference/responses-streaming/response/completed).
/// </summary>
internal sealed class OpenAiUsageReader : IUsageReader
{
    public AnswerFacts Facts { get; private set; }

    public void Read(ReadOnlyMemory<byte> type, ReadOnlyMemory<byte> json)
    {
        if (UsageReaders.Parse(json.Span, MeterJson.Default.MeteredOpenAi) is not { } read) return;
        var answer = read.Response ?? read;
        Facts = new AnswerFacts(Tokens(answer.Usage) ?? Facts.Usage, Facts.ResponseId ?? answer.Id, answer.Model ?? Facts.ResponseModel, Facts.FinishReason);
    }

    private static TokenUsage? Tokens(MeteredOpenAiUsage? usage) => usage is null ? null : new TokenUsage(
        Input: usage.PromptTokens ?? usage.InputTokens ?? 0,
        Output: usage.CompletionTokens ?? usage.OutputTokens ?? 0,
        CacheRead: (usage.PromptTokensDetails ?? usage.InputTokensDetails)?.CachedTokens ?? 0,
        Reasoning: (usage.CompletionTokensDetails ?? usage.OutputTokensDetails)?.ReasoningTokens ?? 0);
}

/// <summary>What is read of an answer or an event.</summary>
internal sealed record MeteredOpenAi(string? Id, string? Model, MeteredOpenAiUsage? Usage, MeteredOpenAi? Response);

internal sealed record MeteredOpenAiUsage(
    long? PromptTokens,
    long? CompletionTokens,
    long? InputTokens,
    long? OutputTokens,
    MeteredOpenAiDetails? PromptTokensDetails,
    MeteredOpenAiDetails? InputTokensDetails,
    MeteredOpenAiDetails? CompletionTokensDetails,
    MeteredOpenAiDetails? OutputTokensDetails);

internal sealed record MeteredOpenAiDetails(long? CachedTokens, long? ReasoningTokens);
