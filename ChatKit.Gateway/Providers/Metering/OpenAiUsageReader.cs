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
        Facts = new AnswerFacts(Tokens(answer) ?? Facts.Usage, Facts.ResponseId ?? answer.Id, answer.Model ?? Facts.ResponseModel, Facts.FinishReason);
    }

    private static TokenUsage? Tokens(MeteredOpenAi answer)
    {
        if (answer.Usage is not { } usage) return null;
        var (sent, said) = (usage.PromptTokensDetails ?? usage.InputTokensDetails, usage.CompletionTokensDetails ?? usage.OutputTokensDetails);
        return new TokenUsage(
            Input: usage.PromptTokens ?? usage.InputTokens ?? 0,
            Output: usage.CompletionTokens ?? usage.OutputTokens ?? 0,
            CacheRead: sent?.CachedTokens ?? 0,
            CacheCreation: sent?.CacheWriteTokens ?? 0,
            Reasoning: said?.ReasoningTokens ?? 0)
        {
            Details = UsageDetails.Unless(new UsageDetails
            {
                AudioInput = sent?.AudioTokens ?? 0,
                AudioOutput = said?.AudioTokens ?? 0,
                ImageInput = sent?.ImageTokens ?? 0,
                ImageOutput = said?.ImageTokens ?? 0,
                Seconds = usage.Seconds ?? 0,
                Tier = ServiceTiers.Parse(answer.ServiceTier),
            }),
        };
    }
}

/// <summary>What is read of an answer or an event.</summary>
internal sealed record MeteredOpenAi(string? Id, string? Model, MeteredOpenAiUsage? Usage, MeteredOpenAi? Response, string? ServiceTier);

internal sealed record MeteredOpenAiUsage(
    long? PromptTokens,
    long? CompletionTokens,
    long? InputTokens,
    long? OutputTokens,
    decimal? Seconds,
    MeteredOpenAiDetails? PromptTokensDetails,
    MeteredOpenAiDetails? InputTokensDetails,
    MeteredOpenAiDetails? CompletionTokensDetails,
    MeteredOpenAiDetails? OutputTokensDetails);

internal sealed record MeteredOpenAiDetails(long? CachedTokens, long? CacheWriteTokens, long? ReasoningTokens, long? AudioTokens, long? ImageTokens);
