namespace ChatKit.Data.Gateway.Spend;

/// <summary>One settlement: what one attempt at a provider, or one answer out of the cache, cost and whom.</summary>
public sealed class SpendRow
{
    /// <summary>The call's id; of its further attempts with their number behind it.</summary>
    public required string RequestId { get; init; }

    /// <summary>The operation: <c>acompletion</c> and so on, in LiteLLM's words.</summary>
    public required string CallType { get; init; }

    /// <summary>The hash of the key; empty for the master key.</summary>
    public required string KeyHash { get; init; }

    /// <summary>Nano-USD; null where the price is not known.</summary>
    public required long? Spend { get; init; }

    public required long PromptTokens { get; init; }

    public required long CompletionTokens { get; init; }

    public required long TotalTokens { get; init; }

    /// <summary>Of the prompt's tokens, those that the provider had in its cache.</summary>
    public required long CacheReadTokens { get; init; }

    /// <summary>Of the prompt's tokens, those that it put there.</summary>
    public required long CacheCreationTokens { get; init; }

    /// <summary>True where the provider did not say what was used, and the gateway reckoned.</summary>
    public required bool IsEstimated { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime StartTime { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime EndTime { get; init; }

    /// <summary>When the first content came, UTC; null where none did.</summary>
    public required DateTime? CompletionStartTime { get; init; }

    /// <summary>The model's name at the provider.</summary>
    public required string Model { get; init; }

    /// <summary>The id of the deployment.</summary>
    public required string ModelId { get; init; }

    public required string ModelGroup { get; init; }

    public required string Provider { get; init; }

    /// <summary>Without query.</summary>
    public required string ApiBase { get; init; }

    public required string? UserId { get; init; }

    public required string? TeamId { get; init; }

    /// <summary>The customer.</summary>
    public required string? EndUser { get; init; }

    /// <summary>A JSON object.</summary>
    public required string? Metadata { get; init; }

    public required List<string> Tags { get; init; }

    public required bool CacheHit { get; init; }

    public required string? IpAddress { get; init; }

    public required string? SessionId { get; init; }

    /// <summary>What was sent: JSON. Null unless <c>store_prompts_in_spend_logs</c> asks for it.</summary>
    public required string? Messages { get; init; }

    /// <summary>What was answered. Null unless <c>store_prompts_in_spend_logs</c> asks for it.</summary>
    public required string? Response { get; init; }

    /// <summary><c>success</c> or <c>failure</c>.</summary>
    public required string Status { get; init; }
}
