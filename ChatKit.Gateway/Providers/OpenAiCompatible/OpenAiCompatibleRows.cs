using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Providers.OpenAiCompatible;

/// <summary>
/// The providers that speak OpenAI's chat completions, a row each: name, base address, key variables, what differs. Sources: each vendor's
/// API reference and https://docs.litellm.ai/docs/providers, whose names and variables these are.
/// </summary>
internal static class OpenAiCompatibleRows
{
    /// <summary>
    /// Mistral validates strictly (422 <c>extra_forbidden</c>) and reports usage at the end of every stream unasked: https://docs.mistral.ai/api.
    /// </summary>
    private static readonly RequestQuirks Mistral = new()
    {
        Renames = [new("max_completion_tokens", "max_tokens"), new("seed", "random_seed")],
        Drops = ["stream_options", "user", "logprobs", "top_logprobs", "logit_bias", "store", "service_tier"],
        MessageDrops = ["name", "reasoning_content"],
        Values = [new("tool_choice", "required", "any")],
    };

    /// <summary>Servers that know only the older name of the limit.</summary>
    private static readonly RequestQuirks MaxTokens = new() { Renames = [new("max_completion_tokens", "max_tokens")] };

    public static IReadOnlyList<ProviderRow> All { get; } =
    [
        new("openai", "https://api.openai.com/v1", "OPENAI_API_KEY")
        {
            OtherBaseVariables = ["OPENAI_BASE_URL"],
            VariableHeaders = [new("OpenAI-Organization", "OPENAI_ORGANIZATION")],
        },
        new("mistral", "https://api.mistral.ai/v1", "MISTRAL_API_KEY") { BaseSuffix = "/v1", Quirks = Mistral },
        new("codestral", "https://codestral.mistral.ai/v1", "CODESTRAL_API_KEY") { BaseSuffix = "/v1", Quirks = Mistral },
        new("groq", "https://api.groq.com/openai/v1", "GROQ_API_KEY"),
        new("deepseek", "https://api.deepseek.com", "DEEPSEEK_API_KEY") { Quirks = MaxTokens },
        new("xai", "https://api.x.ai/v1", "XAI_API_KEY"),
        new("openrouter", "https://openrouter.ai/api/v1", "OPENROUTER_API_KEY")
        {
            VariableHeaders = [new("HTTP-Referer", "OR_SITE_URL"), new("X-Title", "OR_APP_NAME")],
        },
        new("ollama", "http://localhost:11434/v1") { KeyOptional = true, BaseSuffix = "/v1", Quirks = MaxTokens },
    ];
}
