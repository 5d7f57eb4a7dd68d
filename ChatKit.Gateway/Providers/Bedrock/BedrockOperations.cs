using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers.OverChat;
using ChatKit.Gateway.Providers.OverChat.Messages;

namespace ChatKit.Gateway.Providers.Bedrock;

/// <summary>What Bedrock can be asked: all its models have Converse, and Claude its own dialect beside it.</summary>
internal static class BedrockOperations
{
    public static Dictionary<Operation, IProvider> Of(TimeProvider time)
    {
        var chat = new BedrockProvider(time);
        return new()
        {
            [Operation.Chat] = chat,
            [Operation.Messages] = new ByModel(IsClaude, new ClaudeProvider(), new OverChatProvider(chat, new MessagesOverChat(), ChatExtensions.All)),
            [Operation.CountTokens] = new ByModel(IsClaude, new ClaudeTokenCount(), new NotServed(Operation.CountTokens)),
        };
    }

    private static bool IsClaude(ModelCall call) => BedrockModel.Of(call).IsClaude;
}
