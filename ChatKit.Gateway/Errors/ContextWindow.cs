namespace ChatKit.Gateway.Errors;

/// <summary>Recognises, in any provider's words, that the prompt is longer than the model can read: fallbacks to a larger model depend on it.</summary>
internal static class ContextWindow
{
    /// <summary>The one code for it, OpenAI's.</summary>
    public const string Code = "context_length_exceeded";

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
        // Anthropic, where prompt and max_tokens together are too much; Mistral; Groq; vLLM and others.
        "input length and `max_tokens` exceed",
        "too large for model with",
        "reduce the length of the messages",
        "context_length_exceeded",
        "longer than the model's context length",
    ];

    public static bool IsExceeded(string? message) =>
        message is not null && Array.Exists(Phrases, phrase => message.Contains(phrase, StringComparison.OrdinalIgnoreCase));
}
