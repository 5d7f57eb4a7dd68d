using ChatKit.Backend.Access;
using ChatKit.Backend.Protocol;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatKit.Backend.Threads;

/// <summary>From what a client sends to the message that is stored.</summary>
internal static class UserMessages
{
    /// <summary>Why this input cannot become a message; null where it can.</summary>
    public static ProblemHttpResult? Refuse(UserInput input)
    {
        if (input.Attachments.Count == 0 && input.Content.All(content => content is InputText { Text: var text } && string.IsNullOrWhiteSpace(text)))
            return Problems.Unprocessable("The message has no content and no attachment.");
        return null;
    }

    public static UserMessage From(UserInput input, string threadId, IReadOnlyList<Attachment> attachments, DateTimeOffset now) => new()
    {
        Id = Ids.Message(),
        ThreadId = threadId,
        CreatedAt = now,
        Content = input.Content,
        Attachments = attachments,
        QuotedText = input.QuotedText,
        InferenceOptions = input.InferenceOptions,
    };
}
