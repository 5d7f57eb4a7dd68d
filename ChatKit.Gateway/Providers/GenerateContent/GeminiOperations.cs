using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers.Gemini;

namespace ChatKit.Gateway.Providers.GenerateContent;

/// <summary>What Google AI Studio can be asked: chat, translated, and Google's own API as it is.</summary>
internal static class GeminiOperations
{
    public static Dictionary<Operation, IProvider> Of(TimeProvider time) => new()
    {
        [Operation.Chat] = new GeminiProvider(GeminiHost.Studio, time),
        [Operation.GenerateContent] = new ContentProvider(GeminiHost.Studio),
        [Operation.StreamGenerateContent] = new ContentProvider(GeminiHost.Studio),
        [Operation.CountContentTokens] = new CountContentProvider(GeminiHost.Studio),
    };
}
