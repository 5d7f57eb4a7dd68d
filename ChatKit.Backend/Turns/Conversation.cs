using System.Text;
using System.Text.Json;
using ChatKit.Backend.Protocol;
using OpenAI.Chat;

namespace ChatKit.Backend.Turns;

/// <summary>
/// A thread's items as the messages that a model reads. What follows one another from one side is joined, since several providers demand that user and
/// assistant alternate.
/// </summary>
internal static class Conversation
{
    public static IReadOnlyList<ChatMessage> ToMessages(string systemPrompt, IReadOnlyList<ThreadItem> items)
    {
        var messages = new List<ChatMessage> { new SystemChatMessage(systemPrompt) };
        var speaker = Speaker.Nobody;
        var said = new StringBuilder();
        foreach (var item in items)
        {
            var (next, text) = Read(item);
            if (text.Length == 0)
                continue;
            if (next != speaker)
                Close();
            speaker = next;
            said.Append(said.Length == 0 ? "" : "\n\n").Append(text);
        }

        Close();
        return messages;

        void Close()
        {
            if (said.Length > 0)
                messages.Add(speaker is Speaker.User ? new UserChatMessage(said.ToString()) : new AssistantChatMessage(said.ToString()));
            said.Clear();
        }
    }

    private static (Speaker Speaker, string Text) Read(ThreadItem item) => item switch
    {
        UserMessage message => (Speaker.User, Read(message)),
        AssistantMessage message => (Speaker.Assistant, string.Join("\n\n", message.Content.Select(part => part.Text)).Trim()),
        ClientToolCall { Status: ToolCallStatus.Completed } call => (Speaker.User, Hidden($"{call.Name}({call.Arguments}) returned {call.Output?.GetRawText()}")),
        StructuredInput { Status: not StructuredInputStatus.Pending } form => (Speaker.User, string.Join("\n\n", form.Inputs.Select(Read))),
        HiddenContext note => (Speaker.User, Hidden(note.Content.ValueKind is JsonValueKind.String ? note.Content.GetString()! : note.Content.GetRawText())),
        SdkHiddenContext note => (Speaker.User, Hidden(note.Content)),
        _ => (Speaker.Nobody, ""),
    };

    private static string Read(UserMessage message)
    {
        var text = new StringBuilder();
        if (message.QuotedText is { } quoted)
            text.Append("This is about the following passage:\n> ").Append(quoted.ReplaceLineEndings("\n> ")).Append("\n\n");
        foreach (var content in message.Content)
            text.Append(content is InputTag tag ? $"@{tag.Text}" : ((InputText)content).Text);
        foreach (var tag in message.Content.OfType<InputTag>())
            text.Append("\n\n@").Append(tag.Text).Append(" is ").Append(tag.Id).Append(tag.Data is { } data ? $": {data.GetRawText()}" : "");
        return text.ToString().Trim();
    }

    private static string Read(Question question) =>
        $"{question.Text}\n{(question.Answer is { Skipped: false } answer ? string.Join(", ", answer.Values) : "(no answer)")}";

    private static string Hidden(string note) => $"<hidden_context>\n{note}\n</hidden_context>";

    private enum Speaker
    {
        Nobody,
        User,
        Assistant,
    }
}
