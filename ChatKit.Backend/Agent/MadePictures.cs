using ChatKit.Backend.Attachments;
using ChatKit.Backend.Protocol;
using ChatKit.Backend.Turns;
using ChatKit.Data.Chat;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Backend.Agent;

/// <summary>Keeps the pictures that a model makes with the attachments of the thread: seen by its user alone, gone with the thread.</summary>
internal sealed class MadePictures(IDbContextFactory<ChatDbContext> databases, AttachmentAddresses addresses, TimeProvider time)
{
    /// <summary>Null where it is no picture that a browser shows.</summary>
    public async Task<GeneratedImage?> KeepAsync(Picture picture, TurnThread thread, CancellationToken cancel)
    {
        if (AttachmentTypes.Find(picture.MimeType) is not { } type || !AttachmentTypes.IsImage(type) || !AttachmentTypes.Fits(type, picture.Content) || picture.Content.Length > AttachmentLimits.MaxBytes)
            return null;
        var (id, now) = (Ids.Attachment(), time.GetUtcNow().UtcDateTime);
        await using var database = await databases.CreateDbContextAsync(cancel);
        database.Attachments.Add(new AttachmentRow
        {
            Id = id,
            UserId = thread.UserId,
            ThreadId = thread.Id,
            Name = $"image.{type["image/".Length..]}",
            MimeType = type,
            Size = picture.Content.Length,
            CreatedAt = now,
            UploadedAt = now,
        });
        database.AttachmentContents.Add(new AttachmentContentRow { AttachmentId = id, Content = picture.Content });
        await database.SaveChangesAsync(cancel);
        return new GeneratedImage(id, addresses.Of(id));
    }
}
