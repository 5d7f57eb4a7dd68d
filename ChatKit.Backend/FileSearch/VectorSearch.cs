using System.Numerics.Tensors;
using ChatKit.Data.Chat;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Backend.FileSearch;

/// <summary>
/// The passages whose vectors are most like the question's: reckoned by PostgreSQL where it has pgvector (https://github.com/pgvector/pgvector), else here. A thread's files are few thousand
/// passages at most, so every one is compared, and the nearest are the nearest.
/// </summary>
internal sealed class VectorSearch(IDbContextFactory<ChatDbContext> databases, PgVector extension)
{
    public async Task<IReadOnlyList<Found>> SearchAsync(IReadOnlyCollection<string> files, string model, float[] question, int count, CancellationToken cancel)
    {
        await using var database = await databases.CreateDbContextAsync(cancel);
        return await extension.IsThereAsync(database, cancel)
            ? await InDatabaseAsync(database, files, model, question, count, cancel)
            : await HereAsync(database, files, model, question, count, cancel);
    }

    private static async Task<IReadOnlyList<Found>> InDatabaseAsync(
        ChatDbContext database, IReadOnlyCollection<string> files, string model, float[] question, int count, CancellationToken cancel)
    {
        var ids = files.ToArray();
        return await database.Database.SqlQuery<Found>(
            $"""
             SELECT attachment_id AS "AttachmentId", ordinal AS "Ordinal", text AS "Text", (1 - (embedding::vector <=> {question}::vector))::double precision AS "Score"
             FROM file_chunks WHERE attachment_id = ANY ({ids}) AND model = {model} AND embedding IS NOT NULL
             ORDER BY embedding::vector <=> {question}::vector LIMIT {count}
             """).ToListAsync(cancel);
    }

    private static async Task<IReadOnlyList<Found>> HereAsync(
        ChatDbContext database, IReadOnlyCollection<string> files, string model, float[] question, int count, CancellationToken cancel)
    {
        var nearest = new PriorityQueue<Found, double>();
        var chunks = database.FileChunks.AsNoTracking().Where(chunk => files.Contains(chunk.AttachmentId) && chunk.Model == model && chunk.Embedding != null);
        await foreach (var chunk in chunks.AsAsyncEnumerable().WithCancellation(cancel))
        {
            if (chunk.Embedding!.Length != question.Length)
                continue;
            var score = TensorPrimitives.Dot(chunk.Embedding, question);
            nearest.Enqueue(new Found(chunk.AttachmentId, chunk.Ordinal, chunk.Text, score), score);
            if (nearest.Count > count)
                nearest.Dequeue();
        }

        return [.. nearest.UnorderedItems.Select(pair => pair.Element).OrderByDescending(found => found.Score)];
    }
}
