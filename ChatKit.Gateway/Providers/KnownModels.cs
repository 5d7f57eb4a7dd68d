namespace ChatKit.Gateway.Providers;

/// <summary>
/// The chat models that the list of models offers for a provider when the configuration names none, and the names by which a bare model is
/// recognised. A choice, not a limit: any model of a provider can be called. Source: https://models.dev, 2026-07-02, without those marked
/// deprecated, dated duplicates, and models that do not answer chat completions.
/// </summary>
internal static class KnownModels
{
    private static readonly Dictionary<string, (string[] Names, string[] Patterns)> _byProvider = new()
    {
        ["openai"] = (
            ["gpt-5.5", "gpt-5.4", "gpt-5.4-mini", "gpt-5.4-nano", "gpt-5.2", "gpt-5.1", "gpt-5", "gpt-5-mini", "gpt-5-nano",
             "gpt-4.1", "gpt-4.1-mini", "gpt-4.1-nano", "gpt-4o", "gpt-4o-mini", "o3", "o4-mini"],
            ["gpt-*", "chatgpt-*", "o1", "o1-*", "o3", "o3-*", "o4-*", "ft:*"]),
        ["anthropic"] = (
            ["claude-sonnet-5", "claude-fable-5", "claude-opus-4-8", "claude-opus-4-7", "claude-opus-4-6", "claude-opus-4-5",
             "claude-sonnet-4-6", "claude-sonnet-4-5", "claude-haiku-4-5"],
            ["claude-*"]),
        ["mistral"] = (
            ["mistral-large-latest", "mistral-medium-latest", "mistral-small-latest", "ministral-8b-latest", "ministral-3b-latest", "codestral-latest"],
            ["mistral-*", "ministral-*", "magistral-*", "codestral-*", "devstral-*", "pixtral-*", "open-mistral-*", "open-mixtral-*"]),
        ["gemini"] = (
            ["gemini-3.5-flash", "gemini-3.1-pro-preview", "gemini-3.1-flash-lite", "gemini-2.5-pro", "gemini-2.5-flash", "gemini-2.5-flash-lite"],
            ["gemini-*"]),
        ["deepseek"] = (["deepseek-v4-pro", "deepseek-v4-flash", "deepseek-chat", "deepseek-reasoner"], ["deepseek-*"]),
        ["xai"] = (["grok-4.3", "grok-4.20-0309-reasoning", "grok-4.20-0309-non-reasoning"], ["grok-*"]),
        ["perplexity"] = (["sonar", "sonar-pro", "sonar-reasoning-pro", "sonar-deep-research"], ["sonar", "sonar-*"]),
        ["cohere"] = (["command-a-plus-05-2026", "command-a-03-2025", "command-a-reasoning-08-2025", "command-r7b-12-2024"], ["command-*"]),
        ["moonshot"] = (["kimi-k2.7-code", "kimi-k2.6", "kimi-k2.5", "kimi-k2-thinking"], ["kimi-*", "moonshot-*"]),
        ["zai"] = (["glm-5.2", "glm-5.1", "glm-5", "glm-4.7", "glm-4.7-flash"], ["glm-*"]),
        ["dashscope"] = (["qwen3.7-max", "qwen3.7-plus", "qwen3.6-flash"], ["qwen-*", "qwen3-*", "qwen3.*"]),
        ["minimax"] = (["MiniMax-M3", "MiniMax-M2.7", "MiniMax-M2.5"], ["MiniMax-*"]),
        ["groq"] = (
            ["openai/gpt-oss-120b", "openai/gpt-oss-20b", "llama-3.3-70b-versatile", "llama-3.1-8b-instant", "groq/compound", "groq/compound-mini"],
            []),
        ["cerebras"] = (["gpt-oss-120b", "zai-glm-4.7"], []),
        ["codestral"] = (["codestral-latest"], []),
    };

    /// <summary>Names to offer, the provider's newest or largest first; empty where none are kept.</summary>
    public static IReadOnlyList<string> Of(string provider) => _byProvider.TryGetValue(provider, out var known) ? known.Names : [];

    /// <summary>Bare names, with <c>*</c>, that mean this provider; no name belongs to two.</summary>
    public static IReadOnlyList<string> PatternsOf(string provider) => _byProvider.TryGetValue(provider, out var known) ? known.Patterns : [];
}
