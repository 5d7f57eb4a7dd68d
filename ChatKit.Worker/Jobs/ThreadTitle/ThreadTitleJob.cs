using System.Text.Json;
using ChatKit.Data.Chat;
using ChatKit.Worker.Outbox;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Worker.Jobs.ThreadTitle;

/// <summary>
/// Gives a thread a title from its first exchange: from the user's first message, and the answer where it is stored already. It writes only
/// what only the worker writes, and only once, so neither a rename nor a second run is overwritten.
/// </summary>
internal sealed class ThreadTitleJob(ChatDbContext database, TitleWriter writer) : IOutboxJob
{
    public const string Kind = "thread-title";

    public async Task RunAsync(string payload, CancellationToken cancellationToken)
    {
        var threadId = JsonSerializer.Deserialize(payload, ThreadTitleJson.Default.ThreadTitlePayload)!.ThreadId;
        var untitled = database.Threads.Where(thread => thread.Id == threadId && thread.Title == null && thread.GeneratedTitle == null);
        // Deleted, or named meanwhile: nothing to do.
        if (!await untitled.AnyAsync(cancellationToken))
            return;
        if (await FirstExchange.ReadAsync(database, threadId, cancellationToken) is not { } exchange)
            return;

        var title = await writer.WriteAsync(exchange, cancellationToken);
        await untitled.ExecuteUpdateAsync(thread => thread.SetProperty(t => t.GeneratedTitle, title), cancellationToken);
    }
}
