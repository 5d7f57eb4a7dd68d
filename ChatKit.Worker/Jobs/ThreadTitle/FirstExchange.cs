using System.Text.Json;
using ChatKit.Data.Chat;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Worker.Jobs.ThreadTitle;

/// <summary>How a thread began.</summary>
/// <param name="UserId">Whose it is.</param>
/// <param name="Question">The user's first message; never empty.</param>
/// <param name="Answer">The first answer; null where there is none yet.</param>
/// <param name="Model">The model that the user chose for it, if any.</param>
internal sealed record FirstExchange(string UserId, string Question, string? Answer, string? Model)
{
    /// <summary>Null where the user's first message has no words, e.g. a picture alone, and where the thread is gone.</summary>
    public static async Task<FirstExchange?> ReadAsync(ChatDbContext database, string threadId, CancellationToken cancellationToken)
    {
        if (await FirstAsync(database, threadId, "user_message", cancellationToken) is not { Text.Length: > 0 } question)
            return null;
        var owner = await database.Threads.Where(thread => thread.Id == threadId).Select(thread => thread.UserId).FirstOrDefaultAsync(cancellationToken);
        if (owner is null)
            return null;
        var answer = await FirstAsync(database, threadId, "assistant_message", cancellationToken);
        return new FirstExchange(owner, question.Text, answer is { Text.Length: > 0 } ? answer.Text : null, question.InferenceOptions?.Model);
    }

    private static async Task<StoredMessage?> FirstAsync(ChatDbContext database, string threadId, string type, CancellationToken cancellationToken)
    {
        var body = await database.Items
            .Where(item => item.ThreadId == threadId && item.Type == type)
            .OrderBy(item => item.Sequence)
            .Select(item => item.Body)
            .FirstOrDefaultAsync(cancellationToken);
        return body is null ? null : JsonSerializer.Deserialize(body, ThreadTitleJson.Default.StoredMessage);
    }
}
