using ChatKit.Backend.Access;
using ChatKit.Backend.Protocol;
using ChatKit.Data.Chat;

namespace ChatKit.Backend.Attachments;

/// <summary>Between the table and the wire.</summary>
internal static class AttachmentRows
{
    /// <summary>The only way to an attachment: there is none but one's own.</summary>
    public static IQueryable<AttachmentRow> OwnedBy(this IQueryable<AttachmentRow> attachments, CurrentUser user)
    {
        var id = user.Id;
        return attachments.Where(attachment => attachment.UserId == id);
    }

    /// <param name="row">The attachment.</param>
    /// <param name="address">Where its bytes are put, and got.</param>
    public static Attachment ToWire(this AttachmentRow row, string address)
    {
        var upload = row.UploadedAt is null ? new UploadDescriptor(address, HttpMethods.Put, new Dictionary<string, string>()) : null;
        return AttachmentTypes.IsImage(row.MimeType)
            ? new ImageAttachment { Id = row.Id, Name = row.Name, MimeType = row.MimeType, ThreadId = row.ThreadId, UploadDescriptor = upload, PreviewUrl = address }
            : new FileAttachment { Id = row.Id, Name = row.Name, MimeType = row.MimeType, ThreadId = row.ThreadId, UploadDescriptor = upload };
    }
}
