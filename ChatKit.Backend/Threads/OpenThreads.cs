using ChatKit.Backend.Access;
using ChatKit.Data.Chat;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Backend.Threads;

/// <summary>Finds the user's threads that take new work; locked and closed ones do not, whatever a client may offer.</summary>
internal sealed class OpenThreads(ChatDbContext database, CurrentUser user)
{
    public async Task<Outcome<ThreadRow>> FindAsync(string threadId, CancellationToken cancel)
    {
        var thread = await database.Threads.OwnedBy(user).SingleOrDefaultAsync(row => row.Id == threadId, cancel);
        if (thread is null)
            return Problems.NotFound("thread");
        return thread.Status == ThreadRows.Active ? thread : Problems.Unprocessable($"The thread is {thread.Status}.");
    }
}
