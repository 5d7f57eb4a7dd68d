using System.Text.Json;
using ChatKit.Data.Chat;
using ChatKit.Testing.Databases;
using Microsoft.EntityFrameworkCore;
using Xunit.Sdk;

namespace ChatKit.Worker.Tests;

/// <summary>Puts conversations into a database as the backend does, and waits for what the worker makes of them.</summary>
internal static class Chats
{
    private static readonly DateTime Noon = new(2026, 5, 1, 12, 0, 0, DateTimeKind.Utc);

    /// <summary>A thread, the user's first message, and the outbox row, in one transaction.</summary>
    public static async Task AddThreadAsync(this TempDatabase database, string id, string question = "Why is the sky blue?", string? answer = null, string? model = "gpt-4o")
    {
        await using var context = database.Open();
        context.Add(new ThreadRow { Id = id, UserId = "user", CreatedAt = Noon, UpdatedAt = Noon, Status = "active", Metadata = "{}" });
        context.Add(Item(id, 1, "user_message", "input_text", question, model is null ? "{}" : $$"""{"model":{{Quoted(model)}}}"""));
        if (answer is not null)
            context.Add(Item(id, 2, "assistant_message", "output_text", answer, null));
        context.Add(Job(id));
        await context.SaveChangesAsync();
    }

    public static OutboxRow Job(string threadId, string kind = "thread-title") => new()
    {
        Id = $"job_{threadId}",
        Kind = kind,
        Key = threadId,
        Payload = $$"""{"thread_id":{{Quoted(threadId)}}}""",
        CreatedAt = Noon,
    };

    /// <summary>The row of the thread's job once <paramref name="there"/> holds.</summary>
    public static async Task<OutboxRow> JobAsync(this TempDatabase database, string threadId, Func<OutboxRow, bool> there, TimeSpan? patience = null)
    {
        OutboxRow? row = null;
        for (var end = TimeProvider.System.GetUtcNow() + (patience ?? TimeSpan.FromSeconds(20)); TimeProvider.System.GetUtcNow() < end;)
        {
            await using var context = database.Open();
            row = await context.Outbox.AsNoTracking().SingleAsync(job => job.Key == threadId);
            if (there(row))
                return row;
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }

        throw new XunitException($"The job did not get there: {JsonSerializer.Serialize(row)}");
    }

    public static Task<OutboxRow> CompletedAsync(this TempDatabase database, string threadId, TimeSpan? patience = null) =>
        database.JobAsync(threadId, row => row.CompletedAt is not null, patience);

    public static async Task<ThreadRow> ThreadAsync(this TempDatabase database, string id)
    {
        await using var context = database.Open();
        return await context.Threads.AsNoTracking().SingleAsync(thread => thread.Id == id);
    }

    private static ItemRow Item(string thread, long sequence, string type, string part, string text, string? options) => new()
    {
        ThreadId = thread,
        Id = $"msg_{sequence}",
        Sequence = sequence,
        Type = type,
        Hidden = false,
        CreatedAt = Noon,
        Body = $$"""
            {"type":"{{type}}","id":"msg_{{sequence}}","thread_id":{{Quoted(thread)}},"created_at":"2026-05-01T12:00:00Z","content":[{"type":"{{part}}","text":{{Quoted(text)}}}]
            """ + (options is null ? "}" : $$""","attachments":[],"inference_options":{{options}}}"""),
    };

    private static string Quoted(string text) => JsonSerializer.Serialize(text);
}
