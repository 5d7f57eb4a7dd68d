using System.Collections.Frozen;

namespace ChatKit.Gateway.Telemetry;

/// <summary>
/// The well-known values of <c>gen_ai.provider.name</c> where they differ from the prefix under which the gateway knows a provider. Every other
/// provider goes by its prefix, as the convention allows.
/// </summary>
internal static class ProviderNames
{
    private static readonly FrozenDictionary<string, string> WellKnown = new Dictionary<string, string>
    {
        ["azure"] = "azure.ai.openai",
        ["azure_ai"] = "azure.ai.inference",
        ["bedrock"] = "aws.bedrock",
        ["bedrock_converse"] = "aws.bedrock",
        ["codestral"] = "mistral_ai",
        ["cohere_chat"] = "cohere",
        ["gemini"] = "gcp.gemini",
        ["mistral"] = "mistral_ai",
        ["vertex_ai"] = "gcp.vertex_ai",
        ["xai"] = "x_ai",
    }.ToFrozenDictionary();

    public static string Of(string provider) => WellKnown.GetValueOrDefault(provider, provider);
}
