using ChatKit.Backend.Attachments;
using ChatKit.Backend.Configuration;
using ChatKit.Data.Chat;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Backend.FileSearch;

/// <summary>
/// Cuts a thread's files into passages and keeps them with their vectors. That happens when a thread is first searched, and not in the worker: most files are never searched, whoever
/// searches pays for it under their own name, and a search that came before its index would find nothing.
/// </summary>
internal sealed class FileIndex(IDbContextFactory<ChatDbContext> databases, Embedder embedder, ChatKitConfig config)
{
    /// <summary>Indexes what is not indexed yet.</summary>
    /// <returns>The files of the thread that hold text, by their id.</returns>
    public async Task<IReadOnlyDictionary<string, string>> ReadyAsync(string threadId, string? model, CancellationToken cancel)
    {
        await using var database = await databases.CreateDbContextAsync(cancel);
        var files = await Texts(database, threadId).Select(file => new { file.Id, file.Name, file.MimeType }).ToListAsync(cancel);
        var ids = files.Select(file => file.Id).ToList();
        var indexed = await database.FileChunks.Where(chunk => ids.Contains(chunk.AttachmentId) && (model == null || chunk.Model == model)).Select(chunk => chunk.AttachmentId).Distinct().ToListAsync(cancel);
        foreach (var file in files.Where(file => !indexed.Contains(file.Id)))
        {
            var content = await database.AttachmentContents.AsNoTracking().Where(row => row.AttachmentId == file.Id).Select(row => row.Content).SingleOrDefaultAsync(cancel);
            if (content is not null && AttachmentTexts.Of(file.MimeType, content) is { } text)
                await AddAsync(file.Id, Passages.Of(text, config.FileSearch.ChunkSize, config.FileSearch.ChunkOverlap), model, cancel);
        }

        return files.ToDictionary(file => file.Id, file => file.Name);
    }

    public async Task<bool> HasTextsAsync(string threadId, CancellationToken cancel)
    {
        await using var database = await databases.CreateDbContextAsync(cancel);
        return await Texts(database, threadId).AnyAsync(cancel);
    }

    private static IQueryable<AttachmentRow> Texts(ChatDbContext database, string threadId) =>
        database.Attachments.AsNoTracking().Where(row => row.ThreadId == threadId && row.UploadedAt != null && !row.MimeType.StartsWith("image/"));

    private async Task AddAsync(string id, IReadOnlyList<string> passages, string? model, CancellationToken cancel)
    {
        var vectors = model is null ? null : await embedder.EmbedAsync(model, passages, cancel);
        await using var database = await databases.CreateDbContextAsync(cancel);
        await database.FileChunks.Where(chunk => chunk.AttachmentId == id).ExecuteDeleteAsync(cancel);
        database.FileChunks.AddRange(passages.Select((text, i) => new FileChunkRow
        {
            AttachmentId = id,
            Ordinal = i,
            Text = text,
            Embedding = vectors?[i],
            Model = vectors is null ? null : model,
        }));
        try
        {
            await database.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException)
        {
            // Another turn indexed the same file meanwhile, or the file is gone: either is fine.
        }
    }
}
