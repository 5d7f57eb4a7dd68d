using System.Text.RegularExpressions;
using ChatKit.Data.Chat;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Backend.FileSearch;

/// <summary>Where no model embeds, passages are ranked by the words that they share with the question, rare ones first (BM25, https://en.wikipedia.org/wiki/Okapi_BM25).</summary>
internal sealed partial class WordSearch(IDbContextFactory<ChatDbContext> databases)
{
    private const double Saturation = 1.2;
    private const double LengthWeight = 0.75;

    public async Task<IReadOnlyList<Found>> SearchAsync(IReadOnlyCollection<string> files, string question, int count, CancellationToken cancel)
    {
        await using var database = await databases.CreateDbContextAsync(cancel);
        var chunks = await database.FileChunks.AsNoTracking().Where(chunk => files.Contains(chunk.AttachmentId)).Select(chunk => new { chunk.AttachmentId, chunk.Ordinal, chunk.Text }).ToListAsync(cancel);
        var asked = Words(question).Distinct(StringComparer.Ordinal).ToList();
        var counted = chunks.Select(chunk => (chunk, Words: Words(chunk.Text).ToList())).ToList();
        var mean = counted.Count == 0 ? 1 : Math.Max(1, counted.Average(pair => pair.Words.Count));
        var rarity = asked.ToDictionary(word => word, word => Rarity(counted.Count, counted.Count(pair => pair.Words.Contains(word))), StringComparer.Ordinal);
        return
        [
            .. counted.Select(pair => new Found(pair.chunk.AttachmentId, pair.chunk.Ordinal, pair.chunk.Text, Score(pair.Words, rarity, mean)))
                .Where(found => found.Score > 0).OrderByDescending(found => found.Score).Take(count),
        ];
    }

    private static double Score(List<string> words, Dictionary<string, double> rarity, double mean) => rarity.Sum(pair =>
    {
        var times = words.Count(word => word == pair.Key);
        return pair.Value * times * (Saturation + 1) / (times + (Saturation * (1 - LengthWeight + (LengthWeight * words.Count / mean))));
    });

    private static double Rarity(int all, int with) => Math.Log(1 + ((all - with + 0.5) / (with + 0.5)));

    private static IEnumerable<string> Words(string text) => Word().Matches(text).Select(match => match.Value.ToLowerInvariant());

    [GeneratedRegex(@"[\p{L}\p{N}]+")]
    private static partial Regex Word();
}
