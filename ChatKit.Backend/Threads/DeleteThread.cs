using ChatKit.Backend.Access;
using ChatKit.Backend.Protocol;
using ChatKit.Backend.Turns;
using ChatKit.Data.Chat;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Backend.Threads;

/// <summary><c>threads.delete</c>: a thread and all that is in it, at once. An answer that still streams is stopped first. Deleting nothing is fine.</summary>
internal sealed class DeleteThread(ChatDbContext database, CurrentUser user, ThreadTurns turns) : IVerb<ThreadIdParams>
{
    public async Task<IResult> HandleAsync(ThreadIdParams parameters, CancellationToken cancel)
    {
        var mine = database.Threads.OwnedBy(user).Where(thread => thread.Id == parameters.ThreadId);
        if (await mine.AnyAsync(cancel))
        {
            turns.Stop(parameters.ThreadId);
            using var turn = await turns.TryEnterAsync(parameters.ThreadId, cancel);
            if (turn is null)
                return new ThreadBusy();
            await mine.ExecuteDeleteAsync(cancel);
        }

        return TypedResults.Json(EmptyObject.Instance, Wire.Json.EmptyObject);
    }
}
