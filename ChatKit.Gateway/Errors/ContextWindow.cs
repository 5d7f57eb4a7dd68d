namespace ChatKit.Gateway.Errors;

/// <summary>Recognises, in any provider's words, that the prompt is longer than the model can read: fallbacks to a larger model depend on it.</summary>
internal static class ContextWindow
{
    private static readonly string[] Phrases =
    [
        "maximum context length is",
        "exceed context limit",
        "prompt is too long",
        "input tokens exceed the configured limit",
        "exceeds the maximum number of tokens allowed",
        "exceeds the available context size",
        "input is too long for requested model",
        "too many input tokens",
    ];

    public static bool IsExceeded(string? message) =>
        message is not null && Array.Exists(Phrases, phrase => message.Contains(phrase, StringComparison.OrdinalIgnoreCase));
}
