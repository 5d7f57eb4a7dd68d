using ChatKit.Data.Chat;
using ChatKit.ServiceDefaults.Database;
using ChatKit.Testing.Databases;
using ChatKit.Testing.Upstream;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ChatKit.Worker.Tests.Jobs.AttachmentCleanup;

public sealed class AttachmentCleanupJobTests
{
    [SkippableTheory]
    [InlineData(DatabaseKind.Sqlite, null, 24)]
    [InlineData(DatabaseKind.PostgreSql, "2", 2)]
    public async Task Files_that_no_message_took_go_after_their_time_and_no_others(DatabaseKind kind, string? setting, int hours)
    {
        await using var database = await TempDatabase.CreateMigratedAsync(kind);
        await using var gateway = await FakeUpstream.StartAsync();
        await database.AddThreadAsync("thr_1", "Hi", answer: "Hello");
        await using (var chat = database.Open())
        {
            for (var i = 0; i < 120; i++)
                Add(chat, $"atc_old_{i}", hours + 1, threadId: null);
            Add(chat, "atc_fresh", hours - 1, threadId: null);
            Add(chat, "atc_taken", hours + 1, threadId: "thr_1");
            await chat.SaveChangesAsync();
        }

        await using var worker = await TestWorker.StartAsync(database, gateway, variables: setting is null ? [] : [("CHATKIT_UPLOAD_HOURS", setting)]);

        Assert.Equal(["atc_fresh", "atc_taken"], await LeftAsync(database));
        await using var after = database.Open();
        Assert.Equal(["atc_fresh", "atc_taken"], await after.AttachmentContents.Select(content => content.AttachmentId).Order().ToListAsync());
    }

    private static async Task<List<string>> LeftAsync(TempDatabase database)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            await using var chat = database.Open();
            var left = await chat.Attachments.Select(row => row.Id).Order().ToListAsync(patience.Token);
            if (left.Count <= 2)
                return left;
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
        }
    }

    private static void Add(ChatDbContext chat, string id, int hoursOld, string? threadId)
    {
        var then = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-hoursOld);
        chat.Attachments.Add(new AttachmentRow { Id = id, UserId = "alice", ThreadId = threadId, Name = "a.txt", MimeType = "text/plain", Size = 1, CreatedAt = then, UploadedAt = then });
        chat.AttachmentContents.Add(new AttachmentContentRow { AttachmentId = id, Content = [1] });
    }
}
