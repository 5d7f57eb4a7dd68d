using ChatKit.Gateway.Wire.Gemini;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.Gemini;

/// <summary>generateContent answer → chat completion, a choice for each candidate. A blocked prompt is an answer without text that was filtered.</summary>
internal static class GeminiAnswerTranslator
{
    public static ChatCompletion Translate(GenerateContentAnswer answer, string id, string clientModel, long created) =>
        new(id, created, clientModel, [.. Choices(answer, id, created)], GeminiTokens.ToChat(answer.UsageMetadata));

    /// <summary>What the candidate says beside its content.</summary>
    public static ChatProviderFields? Fields(ChatProviderFields? known, GeminiCandidate candidate)
    {
        var fields = (known ?? new ChatProviderFields()) with
        {
            GroundingMetadata = candidate.GroundingMetadata,
            CitationMetadata = candidate.CitationMetadata,
            UrlContextMetadata = candidate.UrlContextMetadata,
            SafetyRatings = candidate.SafetyRatings,
        };
        return fields == new ChatProviderFields() ? null : fields;
    }

    private static IEnumerable<ChatChoice> Choices(GenerateContentAnswer answer, string id, long created)
    {
        if (answer.Candidates is not { Count: > 0 } candidates)
        {
            var blocked = GeminiFinish.Blocked(answer.PromptFeedback!);
            yield return new ChatChoice(0, new ChatAnswer(null as string), blocked.Reason) { ProviderSpecificFields = blocked.Native };
            yield break;
        }

        for (var i = 0; i < candidates.Count; i++)
        {
            var index = candidates[i].Index ?? i;
            var parts = new GeminiParts(id, index, created);
            var said = parts.Read(candidates[i].Content) ?? new ChatDelta();
            var finish = GeminiFinish.Of(candidates[i], parts.HasCalls);
            var isText = said is { ToolCalls: null, Images: null, Audio: null } && finish.Reason is not "content_filter";
            yield return new ChatChoice(index, Message(said, candidates[i], said.Content ?? (isText ? "" : null)), finish.Reason)
            {
                Logprobs = GeminiLogprobRows.Of(candidates[i].LogprobsResult),
                ProviderSpecificFields = finish.Native,
            };
        }
    }

    private static ChatAnswer Message(ChatDelta said, GeminiCandidate candidate, string? text) => new(text)
    {
        ReasoningContent = said.ReasoningContent,
        ThinkingBlocks = said.ThinkingBlocks,
        ToolCalls = said.ToolCalls is { } calls ? [.. calls.Select(static call => call with { Index = null })] : null,
        Annotations = GeminiCitations.Of(candidate.GroundingMetadata, text ?? ""),
        Images = said.Images,
        Audio = said.Audio,
        ProviderSpecificFields = Fields(said.ProviderSpecificFields, candidate),
    };
}
