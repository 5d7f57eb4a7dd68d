using ChatKit.Backend.Access;
using ChatKit.Backend.Items;
using ChatKit.Backend.Protocol;
using ChatKit.Data.Chat;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Backend.Threads;

/// <summary><c>threads.get_by_id</c>: a thread with its first items.</summary>
internal sealed class GetThread(ChatDbContext database, CurrentUser user) : IVerb<ThreadIdParams>
{
    private static readonly ListItemsParams FirstItems = new() { ThreadId = "", Order = SortOrder.Asc };

    public async Task<IResult> HandleAsync(ThreadIdParams parameters, CancellationToken cancel)
    {
        var thread = await database.Threads.AsNoTracking().OwnedBy(user).SingleOrDefaultAsync(row => row.Id == parameters.ThreadId, cancel);
        if (thread is null)
            return Problems.NotFound("thread");
        if ((await ItemPages.ReadAsync(database, thread.Id, FirstItems, cancel)).IsProblem(out var problem, out var items))
            return problem;
        return TypedResults.Json(thread.ToWire(items), Wire.Json.ChatThread);
    }
}
