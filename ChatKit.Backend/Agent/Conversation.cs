using System.Text;
using ChatKit.Backend.Protocol;
using OpenAI.Chat;

namespace ChatKit.Backend.Agent;

/// <summary>
/// A thread's items as the messages that a model reads. What follows one another from one side is joined, since several providers demand that user and
/// assistant alternate.
/// </summary>
internal sealed class Conversation
{
    private readonly List<ChatMessage> _messages = [];
    private readonly Speech _said = new();
    private Speaker _speaker = Speaker.Nobody;

    private Conversation()
    {
    }

    /// <param name="systemPrompt">Said first.</param>
    /// <param name="items">The thread, oldest first.</param>
    /// <param name="files">The files of its messages, by attachment id.</param>
    /// <param name="withTools">Whether tools are offered; where none are, what they once found is told in words, since providers refuse calls of tools that they do not know of.</param>
    public static IReadOnlyList<ChatMessage> ToMessages(
        string systemPrompt, IReadOnlyList<ThreadItem> items, IReadOnlyDictionary<string, ChatMessageContentPart> files, bool withTools)
    {
        var conversation = new Conversation();
        conversation._messages.Add(new SystemChatMessage(systemPrompt));
        foreach (var item in items)
        {
            if (ToolNote.Read(item) is { } note)
                conversation.Add(note, withTools);
            else
                conversation.Add(item, files);
        }

        conversation.Close();
        return conversation._messages;
    }

    private void Add(ThreadItem item, IReadOnlyDictionary<string, ChatMessageContentPart> files)
    {
        var (speaker, text) = ItemText.Of(item);
        var attachments = AttachedFiles.Of(item);
        if (text.Length == 0 && attachments.Count == 0)
            return;
        Say(speaker, text);
        foreach (var attachment in attachments)
            _said.Show(files.GetValueOrDefault(attachment.Id) ?? AttachedFiles.Named(attachment));
    }

    private void Add(ToolNote note, bool withTools)
    {
        if (!withTools)
        {
            Say(Speaker.User, ItemText.Hidden(string.Join('\n', note.Calls.Select(call => $"{call.Name}({call.Arguments}) returned {call.Output}"))));
            return;
        }

        Close();
        _speaker = Speaker.Nobody;
        if (_messages[^1] is not AssistantChatMessage { ToolCalls.Count: 0 } asking)
            _messages.Add(asking = new AssistantChatMessage([ToCall(note.Calls[0])]));
        else
            asking.ToolCalls.Add(ToCall(note.Calls[0]));
        foreach (var call in note.Calls.Skip(1))
            asking.ToolCalls.Add(ToCall(call));
        _messages.AddRange(note.Calls.Select(call => new ToolChatMessage(call.Id, call.Output)));
    }

    private static ChatToolCall ToCall(ToolNoteCall call) => ChatToolCall.CreateFunctionToolCall(call.Id, call.Name, ToolArguments.ToSend(call.Arguments));

    private void Say(Speaker speaker, string text)
    {
        if (speaker != _speaker)
            Close();
        _speaker = speaker;
        _said.Say(text);
    }

    private void Close()
    {
        // Text alone goes as a plain string, which every server understands.
        if (_said.End() is { } parts)
            _messages.Add(_speaker is Speaker.Assistant ? new AssistantChatMessage(parts[0].Text) : parts is [{ Kind: ChatMessageContentPartKind.Text }] ? new UserChatMessage(parts[0].Text) : new UserChatMessage(parts));
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
