using ChatKit.Gateway.Wire;

namespace ChatKit.Gateway.Model;

/// <summary>Where calls go when a group fails (https://docs.litellm.ai/docs/proxy/reliability).</summary>
internal sealed record FallbackRules
{
    /// <summary><c>fallbacks</c>: after any error.</summary>
    public FallbackMap General { get; init; } = FallbackMap.None;

    /// <summary><c>context_window_fallbacks</c>: after an input that was too long.</summary>
    public FallbackMap ContextWindow { get; init; } = FallbackMap.None;

    /// <summary><c>content_policy_fallbacks</c>: after a refusal by the provider's filters.</summary>
    public FallbackMap ContentPolicy { get; init; } = FallbackMap.None;

    /// <summary><c>default_fallbacks</c>: for groups that <see cref="General"/> says nothing of.</summary>
    public IReadOnlyList<string> Default { get; init; } = [];

    /// <summary><c>max_fallbacks</c>: so many groups after the first.</summary>
    public int Most { get; init; } = 5;
}
