using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Providers;

/// <summary>The providers whose own API can be called through the gateway (https://docs.litellm.ai/docs/pass_through/intro).</summary>
internal static class PassThroughRows
{
    /// <summary>Null for a provider that cannot be.</summary>
    public static PassThroughRow? Of(string provider) => provider switch
    {
        "openai" => new("openai", UsageFormat.OpenAi),
        "anthropic" => new("anthropic", UsageFormat.Anthropic),
        "gemini" => new("gemini", UsageFormat.Gemini, "https://generativelanguage.googleapis.com"),
        "mistral" => new("mistral", UsageFormat.OpenAi),
        "cohere" => new("cohere", UsageFormat.Cohere, "https://api.cohere.com"),
        "azure" => new("azure", UsageFormat.OpenAi),
        "bedrock" => new("bedrock", UsageFormat.Bedrock),
        "vertex_ai" => new("vertex_ai", UsageFormat.Gemini),
        "hosted_vllm" => new("vllm", UsageFormat.OpenAi),
        _ => null,
    };
}
