using ChatKit.Backend.Access;
using ChatKit.Backend.Attachments;
using ChatKit.Backend.Items;
using ChatKit.Backend.Protocol;
using ChatKit.Backend.Turns;
using ChatKit.Data.Chat;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Backend.Threads;

/// <summary>
/// <c>threads.edit_user_message</c>, which is ours and not the protocol's: puts other words in the place of a message, forgets all that came after it, and
/// answers. What was attached to it stays attached where the new input names it.
/// </summary>
internal sealed class EditUserMessage(ChatDbContext database, OpenThreads threads, ItemStore items, MessageAttachments attachments) : IVerb<EditUserMessageParams>
{
    public Task<IResult> HandleAsync(EditUserMessageParams parameters, CancellationToken cancel) => Task.FromResult<IResult>(
        UserMessages.Refuse(parameters.Input) is { } refusal
            ? refusal
            : new TurnResult(parameters.ThreadId, stop => StoreAsync(parameters, stop)));

    private async Task<Outcome<TurnStart>> StoreAsync(EditUserMessageParams parameters, CancellationToken cancel)
    {
        var (threadId, input) = (parameters.ThreadId, parameters.Input);
        if ((await threads.FindAsync(threadId, cancel)).IsProblem(out var problem, out var thread))
            return problem;
        var row = await database.Items.AsNoTracking().SingleOrDefaultAsync(item => item.ThreadId == threadId && item.Id == parameters.ItemId && !item.Hidden, cancel);
        if (row is null)
            return Problems.NotFound("item");
        if (row.ToItem() is not UserMessage before)
            return Problems.Unprocessable("Only a user's message can be edited.");

        var kept = before.Attachments.Where(attachment => input.Attachments.Contains(attachment.Id)).ToList();
        var added = input.Attachments.Except(kept.Select(attachment => attachment.Id), StringComparer.Ordinal).ToList();
        await using var transaction = await database.Database.BeginTransactionAsync(cancel);
        if ((await attachments.TakeAsync(added, threadId, cancel)).IsProblem(out problem, out var taken))
            return problem;
        var message = before with
        {
            Content = input.Content,
            Attachments = [.. kept, .. taken],
            QuotedText = input.QuotedText,
            InferenceOptions = input.InferenceOptions,
        };
        await database.Items.Where(item => item.ThreadId == threadId && item.Sequence > row.Sequence).ExecuteDeleteAsync(cancel);
        await items.PutAsync(message);
        await transaction.CommitAsync(cancel);
        return new TurnStart(thread, message) { Opening = [new ItemReplaced(message)] };
    }
}
