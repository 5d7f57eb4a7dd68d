using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers.Anthropic;
using ChatKit.Gateway.Providers.Gemini;
using ChatKit.Gateway.Providers.GenerateContent;
using ChatKit.Gateway.Providers.Google;
using ChatKit.Gateway.Providers.OverChat;
using ChatKit.Gateway.Providers.OverChat.GenerateContent;
using ChatKit.Gateway.Providers.OverChat.Messages;

namespace ChatKit.Gateway.Providers.VertexClaude;

/// <summary>What Vertex AI can be asked: Google's models speak Gemini there, Claude its own dialect.</summary>
internal static class VertexOperations
{
    public static Dictionary<Operation, IProvider> Of(TimeProvider time)
    {
        var gemini = new GeminiProvider(GeminiHost.Vertex, time);
        var claude = new VertexChat(new AnthropicProvider(time));
        var content = new ByModel(IsClaude, new OverChatProvider(claude, new GenerateContentOverChat(), ChatExtensions.All), new ContentProvider(GeminiHost.Vertex));
        return new()
        {
            [Operation.Chat] = new ByModel(IsClaude, claude, gemini),
            [Operation.Messages] = new ByModel(IsClaude, new VertexMessages(), new OverChatProvider(gemini, new MessagesOverChat(), ChatExtensions.All)),
            [Operation.CountTokens] = new ByModel(IsClaude, new VertexTokenCount(), new NotServed(Operation.CountTokens)),
            [Operation.GenerateContent] = content,
            [Operation.StreamGenerateContent] = content,
            [Operation.CountContentTokens] = new ByModel(IsClaude, new NotServed(Operation.CountContentTokens), new CountContentProvider(GeminiHost.Vertex)),
        };
    }

    private static bool IsClaude(ModelCall call) => VertexModel.IsClaude(call.UpstreamModel);
}
