using ChatKit.Backend.Access;
using ChatKit.Backend.Protocol;
using ChatKit.Data.Chat;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Backend.Threads;

/// <summary><c>threads.list</c>: the user's threads by age, newest first unless asked otherwise.</summary>
internal sealed class ListThreads(ChatDbContext database, CurrentUser user) : IVerb<ListThreadsParams>
{
    public async Task<IResult> HandleAsync(ListThreadsParams parameters, CancellationToken cancel)
    {
        var threads = database.Threads.AsNoTracking().OwnedBy(user);
        var rest = threads;
        if (parameters.After is { } after)
        {
            if (await threads.SingleOrDefaultAsync(thread => thread.Id == after, cancel) is not { } cursor)
                return Problems.NotFound("thread to list `after`");
            rest = Beyond(threads, cursor, parameters.Order);
        }

        var rows = await Sorted(rest, parameters.Order).Take(parameters.PageSize + 1).ToListAsync(cancel);
        var more = rows.Count > parameters.PageSize;
        var shown = rows.Take(parameters.PageSize).Select(row => row.ToWire()).ToList();
        return TypedResults.Json(new Page<ChatThread>(shown, more, more ? shown[^1].Id : null), Wire.Json.PageChatThread);
    }

    private static IQueryable<ThreadRow> Sorted(IQueryable<ThreadRow> threads, SortOrder order) => order is SortOrder.Asc
        ? threads.OrderBy(thread => thread.CreatedAt).ThenBy(thread => thread.Id)
        : threads.OrderByDescending(thread => thread.CreatedAt).ThenByDescending(thread => thread.Id);

    /// <summary>Two threads of one instant are told apart by id, so no page repeats or skips one.</summary>
    private static IQueryable<ThreadRow> Beyond(IQueryable<ThreadRow> threads, ThreadRow cursor, SortOrder order)
    {
        var (at, id) = (cursor.CreatedAt, cursor.Id);
        return order is SortOrder.Asc
            ? threads.Where(thread => thread.CreatedAt > at || (thread.CreatedAt == at && thread.Id.CompareTo(id) > 0))
            : threads.Where(thread => thread.CreatedAt < at || (thread.CreatedAt == at && thread.Id.CompareTo(id) < 0));
    }
}
