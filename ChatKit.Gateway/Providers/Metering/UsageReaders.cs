using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Providers.Metering;

/// <summary>The reader of each format.</summary>
internal static class UsageReaders
{
    /// <summary>Null where the format is not known.</summary>
    public static IUsageReader? Of(UsageFormat format, UpstreamResponse response) => format switch
    {
        UsageFormat.OpenAi => new OpenAiUsageReader(),
        UsageFormat.Anthropic => new AnthropicUsageReader(),
        UsageFormat.Gemini => new GoogleUsageReader(),
        UsageFormat.Cohere => new CohereUsageReader(),
        UsageFormat.Bedrock => new BedrockUsageReader(response.Headers),
        _ => null,
    };

    /// <summary>The record; null where the bytes are something else.</summary>
    public static T? Parse<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonUnicode.Read(json, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
