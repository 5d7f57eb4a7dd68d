using System.Collections.Frozen;

namespace ChatKit.Gateway.Providers;

/// <summary>
/// The members that LiteLLM's clients put into a chat request for the gateway and not for the model (https://docs.litellm.ai/docs/proxy/user_keys):
/// no provider knows them, and strict ones refuse the call over them, so none of them goes on.
/// </summary>
internal static class GatewayFields
{
    private const string Prefix = "litellm_";

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Names = FrozenSet.Create(
        StringComparer.Ordinal,
        "timeout", "num_retries",
        "fallbacks", "context_window_fallbacks", "content_policy_fallbacks", "disable_fallbacks", "retry_policy", "allowed_model_region",
        "tags", "cache", "caching", "ttl", "s-maxage", "no-log", "guardrails", "mock_response", "mock_testing_fallbacks",
        "drop_params", "additional_drop_params", "allowed_openai_params").GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>True for a member that is meant for the gateway.</summary>
    public static bool Contains(ReadOnlySpan<char> name) => Names.Contains(name) || name.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>True for those that the gateway obeys; the client is told that the others were lost.</summary>
    public static bool IsObeyed(ReadOnlySpan<char> name) =>
        name is "timeout" or "num_retries" or "fallbacks" or "context_window_fallbacks" or "content_policy_fallbacks" or "disable_fallbacks" or "mock_testing_fallbacks"
            or "tags" or "cache" or "guardrails" or "allowed_model_region" or "drop_params" or "additional_drop_params" or "allowed_openai_params";
}
