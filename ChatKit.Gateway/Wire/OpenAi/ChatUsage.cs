using System.Text.Json;

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

    /// <summary>LiteLLM's extension: how often tools ran at the provider, which are billed by the call: <c>{"web_search_requests":1}</c>.</summary>
    public JsonElement? ServerToolUse { get; init; }
}

/// <summary>Parts of the prompt's tokens, and how many were of which kind where the provider says so.</summary>
internal sealed record ChatPromptDetails(long CachedTokens)
{
    public long? TextTokens { get; init; }

    public long? ImageTokens { get; init; }

    public long? AudioTokens { get; init; }
}

/// <summary>The same of the answer's tokens.</summary>
internal sealed record ChatCompletionDetails(long ReasoningTokens)
{
    public long? TextTokens { get; init; }

    public long? ImageTokens { get; init; }

    public long? AudioTokens { get; init; }
}
