using OpenAI.Chat;

namespace ChatKit.Backend.Agent.Context;

/// <summary>Rounds of tools add to what a model reads. Where that grows beyond its budget, the oldest outputs of the turn are cut, and the calls stay.</summary>
internal static class RoundTrim
{
    private const string LeftOut = "[this output was left out for lack of room]";

    /// <param name="messages">The conversation.</param>
    /// <param name="from">Where the turn's own rounds begin.</param>
    /// <param name="budget">Tokens.</param>
    public static void Apply(List<ChatMessage> messages, int from, int? budget)
    {
        if (budget is not { } room)
            return;
        var size = TokenEstimate.Of(messages);
        for (var i = from; i < messages.Count && size > room; i++)
        {
            if (messages[i] is not ToolChatMessage output)
                continue;
            var before = TokenEstimate.Of(output);
            var cut = new ToolChatMessage(output.ToolCallId, Cut(output.Content[0].Text, before - (size - room)));
            size -= before - TokenEstimate.Of(cut);
            messages[i] = cut;
        }
    }

    private static string Cut(string text, int tokens) => tokens > 50 ? $"{text[..Math.Min(text.Length, tokens * 2)]}\n[the rest was left out for lack of room]" : LeftOut;
}
