using ChatKit.Backend.Access;
using ChatKit.Backend.Attachments;
using ChatKit.Backend.Items;
using ChatKit.Backend.Protocol;
using ChatKit.Backend.Turns;

namespace ChatKit.Backend.Threads;

/// <summary><c>threads.add_user_message</c>: the next message of a thread, answered as a stream.</summary>
internal sealed class AddUserMessage(OpenThreads threads, ItemStore items, MessageAttachments attachments, TimeProvider time) : IVerb<AddUserMessageParams>
{
    public Task<IResult> HandleAsync(AddUserMessageParams parameters, CancellationToken cancel) => Task.FromResult<IResult>(
        UserMessages.Refuse(parameters.Input) is { } refusal
            ? refusal
            : new TurnResult(parameters.ThreadId, stop => StoreAsync(parameters, stop)));

    private async Task<Outcome<TurnStart>> StoreAsync(AddUserMessageParams parameters, CancellationToken cancel)
    {
        if ((await threads.FindAsync(parameters.ThreadId, cancel)).IsProblem(out var problem, out var thread))
            return problem;
        if ((await attachments.TakeAsync(parameters.Input.Attachments, thread.Id, cancel)).IsProblem(out problem, out var attached))
            return problem;
        var message = UserMessages.From(parameters.Input, thread.Id, attached, time.GetUtcNow());
        thread.UpdatedAt = message.CreatedAt.UtcDateTime;
        await items.PutAsync(message);
        return new TurnStart(thread, message) { Opening = [new ItemDone(message)] };
    }
}
