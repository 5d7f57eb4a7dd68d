using System.Text.Json.Nodes;
using ChatKit.Backend.Tests.Hosting;
using ChatKit.Data.Chat;

namespace ChatKit.Backend.Tests.Vectors;

/// <summary>The attachments that a vector's setup has saved before the first step, with no thread.</summary>
internal static class SavedAttachments
{
    public static async Task AddAsync(BackendHost host, JsonNode? setup)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        await using var database = host.Database.Open();
        foreach (var attachment in setup?["attachments"]?.AsArray() ?? [])
        {
            database.Attachments.Add(new AttachmentRow
            {
                Id = attachment!["id"]!.GetValue<string>(),
                UserId = setup!["user"]?.GetValue<string>() ?? "alice",
                Name = attachment["name"]!.GetValue<string>(),
                MimeType = attachment["mime_type"]!.GetValue<string>(),
                Size = 0,
                CreatedAt = now,
                UploadedAt = attachment["upload_descriptor"] is null ? now : null,
            });
        }

        await database.SaveChangesAsync();
    }
}
