namespace ChatKit.Gateway.Errors;

/// <summary>
/// Recognises, in any provider's words, that it refuses a call for what it says: fallbacks to another model depend on it. A provider that has a code for it keeps
/// its own; where it has none, the code is OpenAI's.
/// </summary>
internal static class ContentPolicy
{
    public const string Code = "content_policy_violation";

    /// <summary>Codes and types that say so by themselves (https://learn.microsoft.com/azure/ai-foundry/openai/concepts/content-filter, https://docs.mistral.ai).</summary>
    private static readonly string[] Codes = [Code, "content_filter", "ResponsibleAIPolicyViolation", "moderation_blocked"];

    private static readonly string[] Phrases =
    [
        "rejected as a result of our safety system",
        "output blocked by content filtering policy",
        "content management policy",
        "content_policy_violation",
        "violates our usage policy",
        "violating our usage policy",
    ];

    /// <summary>True for a code that says so.</summary>
    public static bool IsCode(string? code) => Array.IndexOf(Codes, code) >= 0;

    /// <summary>True for a message that says so.</summary>
    public static bool IsViolated(string? message) =>
        message is not null && Array.Exists(Phrases, phrase => message.Contains(phrase, StringComparison.OrdinalIgnoreCase));
}
