using ChatKit.Backend.Access;
using ChatKit.Backend.Protocol;
using ChatKit.Backend.Threads;
using ChatKit.Data.Chat;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Backend.Items;

/// <summary><c>items.list</c>: a page of a thread's items.</summary>
internal sealed class ListItems(ChatDbContext database, CurrentUser user) : IVerb<ListItemsParams>
{
    public async Task<IResult> HandleAsync(ListItemsParams parameters, CancellationToken cancel)
    {
        if (!await database.Threads.OwnedBy(user).AnyAsync(thread => thread.Id == parameters.ThreadId, cancel))
            return Problems.NotFound("thread");
        if ((await ItemPages.ReadAsync(database, parameters.ThreadId, parameters, cancel)).IsProblem(out var problem, out var page))
            return problem;
        return TypedResults.Json(page, Wire.Json.PageThreadItem);
    }
}
