using ChatKit.Backend.Access;
using ChatKit.Backend.Items;
using ChatKit.Backend.Protocol;
using ChatKit.Backend.Threads;
using ChatKit.Backend.Turns;

namespace ChatKit.Backend.Actions;

/// <summary><c>threads.sync_custom_action</c>: an action that is answered at once, with the changed item where there is one.</summary>
internal sealed class SyncCustomAction(OpenThreads threads, ItemStore items, ThreadTurns turns, TurnRunner runner) : IVerb<CustomActionParams>
{
    public async Task<IResult> HandleAsync(CustomActionParams parameters, CancellationToken cancel)
    {
        using var lease = await turns.TryEnterAsync(parameters.ThreadId, cancel);
        if (lease is null)
            return new ThreadBusy();
        if ((await threads.FindAsync(parameters.ThreadId, cancel)).IsProblem(out var problem, out var thread))
            return problem;
        ThreadItem? sender = null;
        if (parameters.ItemId is { } id && (sender = await items.FindAsync(thread.Id, id, cancel)) is null)
            return Problems.NotFound("item");
        if (sender is not (null or WidgetItem))
            return Problems.Unprocessable("Only a widget can send an action.");
        if ((await runner.ActAsync(thread, new SentAction(parameters.Action, sender as WidgetItem), cancel)).IsProblem(out problem, out var answer))
            return problem;
        return TypedResults.Json(answer, Wire.Json.ActionAnswer);
    }
}
