namespace ChatKit.Gateway.Wire.Gemini;

/// <summary>
/// Tokens (https://ai.google.dev/api/generate-content#UsageMetadata). The prompt includes what came from the cache; what tools fed back to the model and
/// what it thought stand beside prompt and candidates. In a stream each event has the counts so far.
/// </summary>
internal sealed record GeminiUsage
{
    public long? PromptTokenCount { get; init; }

    public long? CachedContentTokenCount { get; init; }

    public long? CandidatesTokenCount { get; init; }

    public long? ToolUsePromptTokenCount { get; init; }

    public long? ThoughtsTokenCount { get; init; }

    public long? TotalTokenCount { get; init; }

    public IReadOnlyList<GeminiModalityTokens>? PromptTokensDetails { get; init; }

    public IReadOnlyList<GeminiModalityTokens>? CandidatesTokensDetails { get; init; }

    /// <summary>These counts, and the earlier ones where these are silent.</summary>
    public GeminiUsage Over(GeminiUsage? earlier) => earlier is null ? this : new GeminiUsage
    {
        PromptTokenCount = PromptTokenCount ?? earlier.PromptTokenCount,
        CachedContentTokenCount = CachedContentTokenCount ?? earlier.CachedContentTokenCount,
        CandidatesTokenCount = CandidatesTokenCount ?? earlier.CandidatesTokenCount,
        ToolUsePromptTokenCount = ToolUsePromptTokenCount ?? earlier.ToolUsePromptTokenCount,
        ThoughtsTokenCount = ThoughtsTokenCount ?? earlier.ThoughtsTokenCount,
        TotalTokenCount = TotalTokenCount ?? earlier.TotalTokenCount,
        PromptTokensDetails = PromptTokensDetails ?? earlier.PromptTokensDetails,
        CandidatesTokensDetails = CandidatesTokensDetails ?? earlier.CandidatesTokensDetails,
    };
}

/// <summary>How many of the tokens were <c>TEXT</c>, <c>IMAGE</c>, <c>AUDIO</c>, <c>VIDEO</c>, <c>DOCUMENT</c>.</summary>
internal sealed record GeminiModalityTokens(string? Modality, long? TokenCount);
