using ChatKit.Backend.Access;
using ChatKit.Backend.Attachments;
using ChatKit.Backend.Items;
using ChatKit.Backend.Protocol;
using ChatKit.Backend.Turns;
using ChatKit.Data.Chat;

namespace ChatKit.Backend.Threads;

/// <summary><c>threads.create</c>: a new thread with its first message, answered as a stream.</summary>
internal sealed class CreateThread(ChatDbContext database, CurrentUser user, MessageAttachments attachments, TimeProvider time) : IVerb<CreateThreadParams>
{
    public Task<IResult> HandleAsync(CreateThreadParams parameters, CancellationToken cancel)
    {
        if (UserMessages.Refuse(parameters.Input) is { } refusal)
            return Task.FromResult<IResult>(refusal);
        var threadId = Ids.Thread();
        return Task.FromResult<IResult>(new TurnResult(threadId, stop => StoreAsync(threadId, parameters.Input, stop)));
    }

    /// <summary>One transaction: the thread, its message, and the job that gives it a title. None is there without the others.</summary>
    private async Task<Outcome<TurnStart>> StoreAsync(string threadId, UserInput input, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if ((await attachments.TakeAsync(input.Attachments, threadId, cancel)).IsProblem(out var problem, out var attached))
            return problem;
        var message = UserMessages.From(input, threadId, attached, now);
        var thread = new ThreadRow
        {
            Id = threadId,
            UserId = user.Id,
            CreatedAt = now.UtcDateTime,
            UpdatedAt = now.UtcDateTime,
            Status = ThreadRows.Active,
            Metadata = "{}",
        };
        database.Threads.Add(thread);
        database.Items.Add(message.ToRow(sequence: 1));
        database.Outbox.Add(TitleJob.For(threadId, now));
        await database.SaveChangesAsync(cancel);
        return new TurnStart(thread, message) { Opening = [new ThreadCreated(thread.ToWire()), new ItemDone(message)] };
    }
}
