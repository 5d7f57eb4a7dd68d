using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Providers.OpenAiCompatible;

/// <summary>What single vendors want different from <see cref="RequestQuirks.Compatible"/>, each with its source.</summary>
internal static class VendorQuirks
{
    /// <summary>
    /// Mistral knows a closed set of members and refuses the rest with 422 <c>extra_forbidden</c>; it reports usage at the end of every stream unasked
    /// (https://docs.mistral.ai/api, request schema of its generated clients, 2026-08). It takes ids of tool calls in its own form only, has reasoning in the
    /// content, and continues a last turn that says <c>prefix</c>.
    /// </summary>
    public static RequestQuirks Mistral { get; } = RequestQuirks.Compatible with
    {
        Renames = [new("max_completion_tokens", "max_tokens"), new("seed", "random_seed")],
        Drops = ["stream_options", "user", "store", "safety_identifier", "prompt_cache_retention", "prompt_cache_options", "service_tier"],
        Refuses =
            ["logprobs", "top_logprobs", "logit_bias", "functions", "function_call", "audio", "modalities", "verbosity", "web_search_options", "moderation"],
        Values = [new("tool_choice", "required", "any")],
        MessageDrops =
            ["name", "refusal", "reasoning_content", "reasoning", "thinking_blocks", "annotations", "audio", "cache_control", "provider_specific_fields", "function_call"],
        ToolCallIdLength = 9,
        ReasonsInContent = true,
        MarksPrefix = true,
        Extensions = ChatExtensions.Reasoning,
    };

    /// <summary>https://console.groq.com/docs/openai: "will result in a 400 error (yikes) if they are supplied".</summary>
    public static RequestQuirks Groq { get; } = RequestQuirks.Compatible with
    {
        Refuses = ["logprobs", "top_logprobs", "logit_bias", "n"],
        MessageDrops = ["name"],
    };

    /// <summary>https://platform.moonshot.ai/docs: <c>tool_choice: required</c> is refused; the model picks a tool by itself.</summary>
    public static RequestQuirks Moonshot { get; } = RequestQuirks.Compatible with { Values = [new("tool_choice", "required", "auto")], Extensions = ChatExtensions.Reasoning };

    /// <summary>https://docs.x.ai: messages carry no <c>name</c>.</summary>
    public static RequestQuirks Xai { get; } = RequestQuirks.Compatible with { MessageDrops = ["name"] };

    /// <summary>
    /// Models that reason between calls of tools, and want that reasoning back (https://api-docs.deepseek.com/guides/thinking_mode,
    /// https://platform.moonshot.ai/docs/guide/use-kimi-k2-thinking-model, https://docs.z.ai/guides/capabilities/thinking-mode).
    /// </summary>
    public static RequestQuirks Reasoning { get; } = RequestQuirks.Compatible with { Extensions = ChatExtensions.Reasoning };

    /// <summary>OpenRouter hands on what single vendors have (https://openrouter.ai/docs/features/prompt-caching, https://openrouter.ai/docs/api-reference/parameters).</summary>
    public static RequestQuirks OpenRouter { get; } = RequestQuirks.None with { Extensions = ChatExtensions.CacheControl | ChatExtensions.TopK | ChatExtensions.Reasoning };

    /// <summary>Another gateway of our kind.</summary>
    public static RequestQuirks LiteLlm { get; } = RequestQuirks.None with { Extensions = ChatExtensions.All };

    /// <summary>https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html: the sampling parameters beyond OpenAI's.</summary>
    public static RequestQuirks Vllm { get; } = RequestQuirks.Compatible with { Extensions = ChatExtensions.TopK };
}
