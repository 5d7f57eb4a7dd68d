using System.Text;
using System.Text.Json;
using ChatKit.Backend.Protocol;

namespace ChatKit.Backend.Agent;

/// <summary>Who says something.</summary>
internal enum Speaker
{
    Nobody,
    User,
    Assistant,
}

/// <summary>What an item of a thread says to a model, and on whose side; empty where it says nothing.</summary>
internal static class ItemText
{
    public static (Speaker Speaker, string Text) Of(ThreadItem item) => item switch
    {
        UserMessage message => (Speaker.User, Of(message)),
        AssistantMessage message => (Speaker.Assistant, string.Join("\n\n", message.Content.Select(part => part.Text)).Trim()),
        ClientToolCall { Status: ToolCallStatus.Completed } call => (Speaker.User, Hidden($"{call.Name}({call.Arguments}) returned {call.Output?.GetRawText()}")),
        StructuredInput { Status: not StructuredInputStatus.Pending } form => (Speaker.User, string.Join("\n\n", form.Inputs.Select(Of))),
        GeneratedImageItem { Image: not null } => (Speaker.User, Hidden("The assistant made this image:")),
        TaskItem { Task: CustomTask { Title: var title, Content: var content } } when (title ?? content) is not null =>
            (Speaker.User, Hidden($"The user was shown that this was done: {string.Join(": ", new[] { title, content }.Where(text => text is not null))}")),
        HiddenContext note => (Speaker.User, Hidden(note.Content.ValueKind is JsonValueKind.String ? note.Content.GetString()! : note.Content.GetRawText())),
        SdkHiddenContext note => (Speaker.User, Hidden(note.Content)),
        _ => (Speaker.Nobody, ""),
    };

    /// <summary>What the user does not see.</summary>
    public static string Hidden(string note) => $"<hidden_context>\n{note}\n</hidden_context>";

    private static string Of(UserMessage message)
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

    private static string Of(Question question) =>
        $"{question.Text}\n{(question.Answer is { Skipped: false } answer ? string.Join(", ", answer.Values) : "(no answer)")}";
}
