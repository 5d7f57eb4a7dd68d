using ChatKit.Backend.Access;
using ChatKit.Backend.Protocol;
using ChatKit.Backend.Threads;
using ChatKit.Data.Chat;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Backend.Items;

/// <summary><c>items.feedback</c>: a thumb up or down for items of one's own thread. Given again, the later one counts.</summary>
internal sealed class GiveFeedback(ChatDbContext database, CurrentUser user, TimeProvider time) : IVerb<FeedbackParams>
{
    private const int MaxItems = 100;

    public async Task<IResult> HandleAsync(FeedbackParams parameters, CancellationToken cancel)
    {
        var ids = parameters.ItemIds.Distinct(StringComparer.Ordinal).ToList();
        if (ids.Count is 0 or > MaxItems)
            return Problems.Unprocessable($"`item_ids` names from 1 to {MaxItems} items.");
        if (!await database.Threads.OwnedBy(user).AnyAsync(thread => thread.Id == parameters.ThreadId, cancel))
            return Problems.NotFound("thread");
        var items = database.Items.Where(item => item.ThreadId == parameters.ThreadId && !item.Hidden && ids.Contains(item.Id));
        if (await items.CountAsync(cancel) < ids.Count)
            return Problems.NotFound("item");

        var given = await database.Feedback.Where(row => row.ThreadId == parameters.ThreadId && ids.Contains(row.ItemId)).ToDictionaryAsync(row => row.ItemId, cancel);
        var (kind, now) = (parameters.Kind is FeedbackKind.Positive ? "positive" : "negative", time.GetUtcNow().UtcDateTime);
        foreach (var id in ids)
        {
            if (given.TryGetValue(id, out var row))
                (row.Kind, row.GivenAt) = (kind, now);
            else
                database.Feedback.Add(new FeedbackRow { ThreadId = parameters.ThreadId, ItemId = id, Kind = kind, GivenAt = now });
        }

        await database.SaveChangesAsync(cancel);
        return TypedResults.Json(EmptyObject.Instance, Wire.Json.EmptyObject);
    }
}
