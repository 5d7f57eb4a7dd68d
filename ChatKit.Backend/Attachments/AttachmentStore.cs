using ChatKit.Backend.Access;
using ChatKit.Backend.Attachments.Scanning;
using ChatKit.Backend.Protocol;
using ChatKit.Data.Chat;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Backend.Attachments;

/// <summary>The current user's attachments: announced, filled with bytes, found again.</summary>
internal sealed class AttachmentStore(ChatDbContext database, CurrentUser user, AttachmentAddresses addresses, FileScanner scanner, TimeProvider time)
{
    /// <summary>Records a file whose bytes are still to come.</summary>
    public async Task<Outcome<AttachmentRow>> AnnounceAsync(string name, string mimeType, long size, CancellationToken cancel)
    {
        var shown = name.Trim();
        if (shown.Length is 0 or > AttachmentLimits.MaxNameLength || shown.Any(char.IsControl))
            return Problems.Unprocessable($"`name` has from 1 to {AttachmentLimits.MaxNameLength} characters, on one line.");
        if (size is < 0)
            return Problems.Unprocessable("`size` is a number of bytes.");
        if (size > AttachmentLimits.MaxBytes)
            return Problems.Of(StatusCodes.Status413PayloadTooLarge, AttachmentLimits.TooLarge);
        if (AttachmentTypes.Find(mimeType) is not { } type)
            return Problems.UnsupportedMediaType($"Files of this type are not taken; {AttachmentTypes.Offered} are.");

        var row = new AttachmentRow
        {
            Id = Ids.Attachment(),
            UserId = user.Id,
            Name = shown,
            MimeType = type,
            Size = size,
            CreatedAt = time.GetUtcNow().UtcDateTime,
        };
        database.Attachments.Add(row);
        await database.SaveChangesAsync(cancel);
        return row;
    }

    public Task<AttachmentRow?> FindAsync(string id, CancellationToken cancel) => database.Attachments.OwnedBy(user).SingleOrDefaultAsync(row => row.Id == id, cancel);

    /// <summary>Takes the bytes of an announced file; a problem where they are not what was announced.</summary>
    public async Task<ProblemHttpResult?> FillAsync(AttachmentRow row, byte[] content, CancellationToken cancel)
    {
        if (row.UploadedAt is not null)
            return Problems.Of(StatusCodes.Status409Conflict, "The attachment has its bytes already.");
        if (!AttachmentTypes.Fits(row.MimeType, content))
            return Problems.UnsupportedMediaType($"The bytes are not {row.MimeType}.");
        if (await scanner.RefuseAsync(row, content, cancel) is { } refused)
            return refused;
        (row.Size, row.UploadedAt) = (content.Length, time.GetUtcNow().UtcDateTime);
        database.AttachmentContents.Add(new AttachmentContentRow { AttachmentId = row.Id, Content = content });
        await database.SaveChangesAsync(cancel);
        return null;
    }

    public async Task<byte[]?> ContentAsync(string id, CancellationToken cancel) =>
        await database.AttachmentContents.AsNoTracking().Where(row => row.AttachmentId == id).Select(row => row.Content).SingleOrDefaultAsync(cancel);

    /// <summary>The bytes go with the record. What is not there, or not one's own, needs no deleting.</summary>
    public Task DeleteAsync(string id, CancellationToken cancel) => database.Attachments.OwnedBy(user).Where(row => row.Id == id).ExecuteDeleteAsync(cancel);

    public Attachment ToWire(AttachmentRow row) => row.ToWire(addresses.Of(row.Id));
}
