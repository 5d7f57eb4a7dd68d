using ChatKit.Backend.Access;
using ChatKit.Backend.Items;
using ChatKit.Backend.Protocol;
using ChatKit.Backend.Turns;
using ChatKit.Data.Chat;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Backend.Threads;

/// <summary><c>threads.retry_after_item</c>: forgets all that came after a user's message, and answers it again.</summary>
internal sealed class RetryAfterItem(ChatDbContext database, OpenThreads threads) : IVerb<RetryAfterItemParams>
{
    public Task<IResult> HandleAsync(RetryAfterItemParams parameters, CancellationToken cancel) =>
        Task.FromResult<IResult>(new TurnResult(parameters.ThreadId, stop => RewindAsync(parameters, stop)));

    private async Task<Outcome<TurnStart>> RewindAsync(RetryAfterItemParams parameters, CancellationToken cancel)
    {
        if ((await threads.FindAsync(parameters.ThreadId, cancel)).IsProblem(out var problem, out var thread))
            return problem;
        var items = database.Items.Where(item => item.ThreadId == thread.Id);
        var row = await items.AsNoTracking().SingleOrDefaultAsync(item => item.Id == parameters.ItemId && !item.Hidden, cancel);
        if (row is null)
            return Problems.NotFound("item");
        if (row.ToItem() is not UserMessage message)
            return Problems.Unprocessable("Only a user's message can be answered again.");
        await items.Where(item => item.Sequence > row.Sequence).ExecuteDeleteAsync(cancel);
        return new TurnStart(thread, message);
    }
}
