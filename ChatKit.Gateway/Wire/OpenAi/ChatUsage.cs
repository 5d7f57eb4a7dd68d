namespace ChatKit.Gateway.Wire.OpenAi;

/// <summary>
/// <c>usage</c>. <paramref name="PromptTokens"/> includes cached tokens, <paramref name="CompletionTokens"/> includes reasoning, so that nothing is
/// counted twice.
/// </summary>
internal sealed record ChatUsage(
    long PromptTokens,
    long CompletionTokens,
    long TotalTokens,
    ChatPromptDetails PromptTokensDetails,
    ChatCompletionDetails CompletionTokensDetails)
{
    /// <summary>LiteLLM's extension: tokens written to the provider's prompt cache, part of the prompt's tokens.</summary>
    public long? CacheCreationInputTokens { get; init; }

    /// <summary>LiteLLM's extension: the same number as <c>cached_tokens</c>, under the provider's name.</summary>
    public long? CacheReadInputTokens { get; init; }
}

internal sealed record ChatPromptDetails(long CachedTokens);

internal sealed record ChatCompletionDetails(long ReasoningTokens);
