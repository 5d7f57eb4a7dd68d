using System.Text.Json;

namespace ChatKit.Gateway.Wire.Gemini;

/// <summary>
/// A whole answer, or one event of a streamed one (https://ai.google.dev/api/generate-content#generatecontentresponse).
/// <code>
/// {"candidates":[{"content":{"parts":[{"text":"Hi!"}],"role":"model"},"finishReason":"STOP","index":0}],
/// "usageMetadata":{"promptTokenCount":4,"candidatesTokenCount":2,"totalTokenCount":25,"thoughtsTokenCount":19},"modelVersion":"gemini-2.5-flash","responseId":"8HBe…"}
/// </code>
/// </summary>
internal sealed record GenerateContentAnswer
{
    public IReadOnlyList<GeminiCandidate>? Candidates { get; init; }

    public GeminiPromptFeedback? PromptFeedback { get; init; }

    public GeminiUsage? UsageMetadata { get; init; }

    public string? ModelVersion { get; init; }

    public string? ResponseId { get; init; }

    /// <summary>Set where the event is no answer.</summary>
    public GeminiError? Error { get; init; }
}

/// <summary>One of the answers.</summary>
internal sealed record GeminiCandidate
{
    public GeminiContent? Content { get; init; }

    public string? FinishReason { get; init; }

    /// <summary>The reason in words.</summary>
    public string? FinishMessage { get; init; }

    public int? Index { get; init; }

    public JsonElement? SafetyRatings { get; init; }

    public JsonElement? CitationMetadata { get; init; }

    public JsonElement? GroundingMetadata { get; init; }

    public JsonElement? UrlContextMetadata { get; init; }

    public GeminiLogprobs? LogprobsResult { get; init; }
}

/// <summary>Why the prompt was not answered.</summary>
internal sealed record GeminiPromptFeedback
{
    public string? BlockReason { get; init; }

    public string? BlockReasonMessage { get; init; }

    public JsonElement? SafetyRatings { get; init; }
}

/// <summary>The probability of each token, and of those that it was chosen over.</summary>
internal sealed record GeminiLogprobs
{
    public IReadOnlyList<GeminiTopTokens>? TopCandidates { get; init; }

    public IReadOnlyList<GeminiToken>? ChosenCandidates { get; init; }
}

internal sealed record GeminiTopTokens(IReadOnlyList<GeminiToken>? Candidates);

internal sealed record GeminiToken(string? Token, double? LogProbability)
{
    public int? TokenId { get; init; }
}
