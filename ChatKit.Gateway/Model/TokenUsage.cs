namespace ChatKit.Gateway.Model;

/// <summary>
/// Tokens that one attempt consumed, as the provider counted them unless <see cref="IsEstimated"/>. <paramref name="Input"/> includes <paramref name="CacheRead"/> and
/// <paramref name="CacheCreation"/>; <paramref name="Output"/> includes <paramref name="Reasoning"/>.
/// </summary>
internal readonly record struct TokenUsage(long Input, long Output, long CacheRead = 0, long CacheCreation = 0, long Reasoning = 0)
{
    /// <summary>True where the provider did not say, or was not heard to its end, and the gateway reckoned.</summary>
    public bool IsEstimated { get; init; }

    /// <summary>What has a price of its own besides; null for most calls, which are text at the usual price.</summary>
    public UsageDetails? Details { get; init; }

    public long Total => Input + Output;
}
