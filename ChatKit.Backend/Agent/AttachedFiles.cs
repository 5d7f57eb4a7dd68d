using ChatKit.Backend.Attachments;
using ChatKit.Backend.Protocol;
using ChatKit.Data.Chat;
using Microsoft.EntityFrameworkCore;
using OpenAI.Chat;

namespace ChatKit.Backend.Agent;

/// <summary>
/// The files of a conversation as a model reads them: images and PDFs as such, files of text as text. The newest come first into the room that there is; of what does
/// not fit, or never arrived, the model learns the name.
/// </summary>
internal sealed class AttachedFiles(IDbContextFactory<ChatDbContext> databases)
{
    /// <summary>Providers bound a whole request; base64 adds a third.</summary>
    private const long MaxBytes = 20 * 1024 * 1024;

    /// <param name="items">The thread.</param>
    /// <param name="textRoom">How many characters of a text are shown; of a longer one the beginning is, and the model can search it.</param>
    /// <param name="cancel">The stop.</param>
    public async Task<IReadOnlyDictionary<string, ChatMessageContentPart>> ReadAsync(IReadOnlyList<ThreadItem> items, int textRoom, CancellationToken cancel)
    {
        var parts = new Dictionary<string, ChatMessageContentPart>(StringComparer.Ordinal);
        var attachments = items.Reverse().SelectMany(Of).ToList();
        if (attachments.Count == 0)
            return parts;

        await using var database = await databases.CreateDbContextAsync(cancel);
        var ids = attachments.Select(attachment => attachment.Id).ToList();
        var rows = await database.Attachments.AsNoTracking().Where(row => ids.Contains(row.Id) && row.UploadedAt != null).ToDictionaryAsync(row => row.Id, cancel);
        var room = MaxBytes;
        foreach (var attachment in attachments)
        {
            var fits = rows.TryGetValue(attachment.Id, out var row) && row.Size <= room;
            var content = fits ? await database.AttachmentContents.AsNoTracking().Where(c => c.AttachmentId == attachment.Id).Select(c => c.Content).SingleOrDefaultAsync(cancel) : null;
            room -= content?.Length ?? 0;
            parts[attachment.Id] = content is null ? Named(attachment) : Part(row!, content, textRoom);
        }

        return parts;
    }

    /// <summary>The files of an item: those that the user sent with it, or the image that the assistant made.</summary>
    public static IReadOnlyList<Attachment> Of(ThreadItem item) => item switch
    {
        UserMessage message => message.Attachments,
        GeneratedImageItem { Image: { } image } => [new ImageAttachment { Id = image.Id, Name = "image", MimeType = "image/png", PreviewUrl = image.Url }],
        _ => [],
    };

    /// <summary>What stands for a file that is not there to be read.</summary>
    public static ChatMessageContentPart Named(Attachment attachment) => ChatMessageContentPart.CreateTextPart($"[the file {attachment.Name} is not at hand]");

    private static string Beginning(string text, int room) => text.Length <= room ? text
        : $"{text[..room]}\n[This is the beginning of {text.Length} characters. The whole file can be searched.]";

    private static ChatMessageContentPart Part(AttachmentRow row, byte[] content, int textRoom)
    {
        if (AttachmentTypes.IsImage(row.MimeType))
            return ChatMessageContentPart.CreateImagePart(BinaryData.FromBytes(content), row.MimeType);
        if (AttachmentTexts.Of(row.MimeType, content) is { } text)
            return ChatMessageContentPart.CreateTextPart($"<file name=\"{row.Name}\">\n{Beginning(text, textRoom)}\n</file>");
#pragma warning disable OPENAI001 // New in the package; documented in the API: https://platform.openai.com/docs/guides/pdf-files
        return ChatMessageContentPart.CreateFilePart(BinaryData.FromBytes(content), row.MimeType, row.Name);
#pragma warning restore OPENAI001
    }
}
