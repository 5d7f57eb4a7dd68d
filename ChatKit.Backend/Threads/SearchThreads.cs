using System.Runtime.CompilerServices;
using System.Text.Json;
using ChatKit.Backend.Access;
using ChatKit.Backend.Items;
using ChatKit.Backend.Protocol;
using ChatKit.Data.Chat;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Backend.Threads;

/// <summary>
/// <c>GET /api/threads/search?q=words</c>: the user's threads that hold these words, in their title or in what was said, the newest first. The database narrows
/// the items down by their JSON; whether a person would see the words there is decided by reading it.
/// </summary>
internal static class SearchThreads
{
    private const int MaxWords = 200;
    private const int MaxMatches = 30;

    /// <summary>Words that stand in the JSON of every item, such as <c>text</c>, match far more rows than they are said in: reading ends here.</summary>
    private const int MaxItemsRead = 5000;

    public static void MapThreadSearch(this IEndpointRouteBuilder routes) => routes.MapGet("/api/threads/search", FindAsync);

    private static async Task<IResult> FindAsync(string? q, ChatDbContext database, CurrentUser user, CancellationToken cancel)
    {
        var words = q?.Trim() ?? "";
        if (words.Length is 0 or > MaxWords || words.Contains('\0', StringComparison.Ordinal))
            return Problems.Unprocessable($"`q` holds from 1 to {MaxWords} characters to look for.");
        var found = await InTitlesAsync(database, user, words, cancel);
        await foreach (var (thread, excerpt) in InMessagesAsync(database, user, words, cancel))
        {
            if (found.Count >= MaxMatches)
                break;
            found.TryAdd(thread.Id, new ThreadMatch(thread.ToWire(), excerpt));
        }

        return TypedResults.Json(new ThreadMatches([.. found.Values.OrderByDescending(match => match.Thread.CreatedAt)]), Wire.Json.ThreadMatches);
    }

    private static async Task<Dictionary<string, ThreadMatch>> InTitlesAsync(ChatDbContext database, CurrentUser user, string words, CancellationToken cancel)
    {
        var pattern = SearchPattern.Of(words);
        var threads = await database.Threads.AsNoTracking().OwnedBy(user)
            .Where(thread => EF.Functions.Like((thread.Title ?? thread.GeneratedTitle ?? "").ToLower(), pattern, SearchPattern.Escape))
            .OrderByDescending(thread => thread.CreatedAt)
            .Take(MaxItemsRead)
            .ToListAsync(cancel);
        return threads.Where(thread => Excerpts.Around(words, thread.Title ?? thread.GeneratedTitle ?? "") is not null)
            .Take(MaxMatches)
            .ToDictionary(thread => thread.Id, thread => new ThreadMatch(thread.ToWire(), null), StringComparer.Ordinal);
    }

    private static async IAsyncEnumerable<(ThreadRow Thread, string Excerpt)> InMessagesAsync(
        ChatDbContext database, CurrentUser user, string words, [EnumeratorCancellation] CancellationToken cancel)
    {
        var pattern = SearchPattern.Of(JsonEncodedText.Encode(words, RawTextEncoder.Instance).ToString());
        var rows = database.Items.AsNoTracking()
            .Where(item => (item.Type == "user_message" || item.Type == "assistant_message") && !item.Hidden && EF.Functions.Like(item.Body.ToLower(), pattern, SearchPattern.Escape))
            .Join(database.Threads.AsNoTracking().OwnedBy(user), item => item.ThreadId, thread => thread.Id, (item, thread) => new { item, thread })
            .OrderByDescending(row => row.thread.CreatedAt)
            .Take(MaxItemsRead)
            .AsAsyncEnumerable();
        await foreach (var row in rows.WithCancellation(cancel))
        {
            if (Excerpts.Around(words, Said(row.item.ToItem())) is { } excerpt)
                yield return (row.thread, excerpt);
        }
    }

    private static string Said(ThreadItem item) => item switch
    {
        UserMessage message => string.Concat(message.Content.Select(part => part switch { InputText text => text.Text, InputTag tag => tag.Text, _ => "" })),
        AssistantMessage message => string.Concat(message.Content.Select(part => part.Text)),
        _ => "",
    };
}

internal sealed record ThreadMatches(IReadOnlyList<ThreadMatch> Data);

/// <summary>A thread that was found; the excerpt shows where, unless it was the title.</summary>
internal sealed record ThreadMatch(ChatThread Thread, string? Excerpt);
