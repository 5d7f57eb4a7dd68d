using OpenAI.Chat;

namespace ChatKit.Backend.Agent.Context;

/// <summary>
/// About how many tokens something is to a model, rather too many than too few: every model cuts differently, and the gateway's exact count would be a call of its own. Held against
/// OpenAI's o200k in the tests.
/// </summary>
internal static class TokenEstimate
{
    private const int PerMessage = 8;

    /// <summary>An image in full detail; what the larger providers charge at most, about.</summary>
    private const int PerImage = 1600;

    /// <summary>Words longer than this are mostly no words: keys, hashes, encoded bytes.</summary>
    private const int LongWord = 20;

    private const int BytesPerFileToken = 20;

    public static int Of(string text)
    {
        // In twentieths of a token; scripts beyond Hebrew and Arabic take about one each.
        long sum = 0;
        var word = 0;
        foreach (var character in text)
        {
            word = char.IsWhiteSpace(character) ? 0 : word + 1;
            sum += character > 0x7FF ? 22 : char.IsAsciiDigit(character) || character > 0x7F || word > LongWord ? 13 : char.IsAsciiLetter(character) || character == ' ' ? 6 : 11;
        }

        return (int)Math.Min(sum / 20, int.MaxValue / 4) + 1;
    }

    public static int Of(ChatMessageContentPart part) => part.Kind switch
    {
        ChatMessageContentPartKind.Text => Of(part.Text),
        ChatMessageContentPartKind.Image => PerImage,
#pragma warning disable OPENAI001 // New in the package.
        _ => PerImage + (int)Math.Min((part.FileBytes?.ToMemory().Length ?? 0) / BytesPerFileToken, int.MaxValue / 4),
#pragma warning restore OPENAI001
    };

    public static int Of(ChatMessage message) => PerMessage + message.Content.Sum(Of)
        + (message is AssistantChatMessage assistant ? assistant.ToolCalls.Sum(call => PerMessage + Of(call.FunctionArguments.ToString())) : 0);

    public static int Of(IEnumerable<ChatMessage> messages) => messages.Sum(Of);
}
