using ChatKit.Gateway.Model;
using ChatKit.Gateway.Wire.Gemini;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.Gemini;

/// <summary>
/// Gemini's counts in the gateway's terms, where input and output include all of their parts. What tools fed back to the model is input. Thoughts stand beside
/// the candidates, except in answers whose total shows that they are counted among them.
/// </summary>
internal static class GeminiTokens
{
    public static TokenUsage Of(GeminiUsage usage)
    {
        var input = (usage.PromptTokenCount ?? 0) + (usage.ToolUsePromptTokenCount ?? 0);
        var (candidates, thoughts) = (usage.CandidatesTokenCount ?? 0, usage.ThoughtsTokenCount ?? 0);
        var isInclusive = thoughts > 0 && candidates >= thoughts && usage.TotalTokenCount == input + candidates;
        return new TokenUsage(input, isInclusive ? candidates : candidates + thoughts, CacheRead: usage.CachedContentTokenCount ?? 0, Reasoning: thoughts)
        {
            Details = UsageDetails.Unless(new UsageDetails
            {
                AudioInput = Count(usage.PromptTokensDetails, "AUDIO") ?? 0,
                AudioOutput = Count(usage.CandidatesTokensDetails, "AUDIO") ?? 0,
                ImageInput = Count(usage.PromptTokensDetails, "IMAGE") ?? 0,
                ImageOutput = Count(usage.CandidatesTokensDetails, "IMAGE") ?? 0,
            }),
        };
    }

    public static ChatUsage ToChat(GeminiUsage? usage)
    {
        var tokens = usage is null ? default : Of(usage);
        return new ChatUsage(
            tokens.Input,
            tokens.Output,
            tokens.Input + tokens.Output,
            new ChatPromptDetails(tokens.CacheRead)
            {
                TextTokens = Count(usage?.PromptTokensDetails, "TEXT"),
                ImageTokens = Count(usage?.PromptTokensDetails, "IMAGE"),
                AudioTokens = Count(usage?.PromptTokensDetails, "AUDIO"),
            },
            new ChatCompletionDetails(tokens.Reasoning)
            {
                TextTokens = Count(usage?.CandidatesTokensDetails, "TEXT"),
                ImageTokens = Count(usage?.CandidatesTokensDetails, "IMAGE"),
                AudioTokens = Count(usage?.CandidatesTokensDetails, "AUDIO"),
            });
    }

    private static long? Count(IReadOnlyList<GeminiModalityTokens>? details, string modality) =>
        details?.Any(detail => detail?.Modality == modality) is true ? details.Where(detail => detail?.Modality == modality).Sum(static detail => detail.TokenCount ?? 0) : null;
}
