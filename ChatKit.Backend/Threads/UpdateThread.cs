using ChatKit.Backend.Access;
using ChatKit.Backend.Protocol;
using ChatKit.Data.Chat;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Backend.Threads;

/// <summary><c>threads.update</c>: the user renames a thread.</summary>
internal sealed class UpdateThread(ChatDbContext database, CurrentUser user, TimeProvider time) : IVerb<UpdateThreadParams>
{
    private const int MaxTitleLength = 200;

    public async Task<IResult> HandleAsync(UpdateThreadParams parameters, CancellationToken cancel)
    {
        var title = parameters.Title.Trim();
        if (title.Length is 0 or > MaxTitleLength)
            return Problems.Unprocessable($"A title has 1 to {MaxTitleLength} characters.");
        var thread = await database.Threads.OwnedBy(user).SingleOrDefaultAsync(row => row.Id == parameters.ThreadId, cancel);
        if (thread is null)
            return Problems.NotFound("thread");
        thread.Title = title;
        thread.UpdatedAt = time.GetUtcNow().UtcDateTime;
        await database.SaveChangesAsync(cancel);
        return TypedResults.Json(thread.ToWire(), Wire.Json.ChatThread);
    }
}
