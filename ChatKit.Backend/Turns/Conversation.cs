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
    /// <param name="systemPrompt">Said first.</param>
    /// <param name="items">The thread, oldest first.</param>
    /// <param name="files">The files of its messages, by attachment id.</param>
    public static IReadOnlyList<ChatMessage> ToMessages(
        string systemPrompt, IReadOnlyList<ThreadItem> items, IReadOnlyDictionary<string, ChatMessageContentPart> files)
    {
        var messages = new List<ChatMessage> { new SystemChatMessage(systemPrompt) };
        var speaker = Speaker.Nobody;
        var said = new Speech();
        foreach (var item in items)
        {
            var (next, text) = Read(item);
            var attachments = (item as UserMessage)?.Attachments ?? [];
            if (text.Length == 0 && attachments.Count == 0)
                continue;
            if (next != speaker)
                Close();
            speaker = next;
            said.Say(text);
            foreach (var attachment in attachments)
                said.Show(files.GetValueOrDefault(attachment.Id) ?? AttachedFiles.Named(attachment));
        }

        Close();
        return messages;

        void Close()
        {
            // Text alone goes as a plain string, which every server understands.
            if (said.End() is { } parts)
                messages.Add(speaker is Speaker.Assistant ? new AssistantChatMessage(parts[0].Text) : parts is [{ Kind: ChatMessageContentPartKind.Text }] ? new UserChatMessage(parts[0].Text) : new UserChatMessage(parts));
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

    /// <summary>What one side says in one message: text, with files where they stand in it.</summary>
    private sealed class Speech
    {
        private readonly List<ChatMessageContentPart> _parts = [];
        private readonly StringBuilder _text = new();

        public void Say(string text) => _text.Append(_text.Length > 0 && text.Length > 0 ? "\n\n" : "").Append(text);

        public void Show(ChatMessageContentPart file)
        {
            if (file.Kind is ChatMessageContentPartKind.Text)
            {
                Say(file.Text);
                return;
            }

            CloseText();
            _parts.Add(file);
        }

        /// <summary>All of it, and begins anew; null where nothing was said.</summary>
        public ChatMessageContentPart[]? End()
        {
            CloseText();
            var parts = _parts.ToArray();
            _parts.Clear();
            return parts.Length == 0 ? null : parts;
        }

        private void CloseText()
        {
            if (_text.Length > 0)
                _parts.Add(ChatMessageContentPart.CreateTextPart(_text.ToString()));
            _text.Clear();
        }
    }
}
