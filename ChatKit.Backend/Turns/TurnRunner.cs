using ChatKit.Backend.Access;
using ChatKit.Backend.Items;
using ChatKit.Backend.Protocol;
using ChatKit.Backend.Threads;
using ChatKit.Data.Chat;

namespace ChatKit.Backend.Turns;

/// <summary>
/// Runs one turn: stores each event of the answer as the protocol says (done adds, replaced saves, removed deletes, the rest stores nothing), then sends it. A
/// call of a client's tool ends it: the client's output begins the next one. Writes are never cancelled, so a stop finds the thread in one piece.
/// </summary>
internal sealed partial class TurnRunner(
    ChatDbContext database,
    ItemStore items,
    IResponder responder,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<TurnRunner> logger)
{
    private const string StoppedNote = "The user stopped the answer. Do not go on with it unless asked to.";

    private static readonly ErrorEvent PlainFailure = new(ErrorEvent.StreamError, AllowRetry: true);

    public async Task RunAsync(TurnStart start, ITurnEvents events, CancellationToken clientLeft, CancellationToken deleted)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(clientLeft, deleted, lifetime.ApplicationStopping);
        var drafts = new AnswerDrafts();
        try
        {
            await AnswerAsync(start, events, drafts, either.Token);
        }
        catch (Exception) when (either.IsCancellationRequested)
        {
            // However the cut showed: as a cancellation, or as a write to a connection that is gone.
            await KeepAsync(drafts);
            if (clientLeft.IsCancellationRequested)
                await items.PutAsync(StopNote(start.Thread.Id));
            else if (!deleted.IsCancellationRequested)
                await events.SendAsync(PlainFailure, CancellationToken.None);
        }
        catch (ResponderException failure)
        {
            Log.AnswerFailed(logger, start.Thread.Id, failure.Message.ReplaceLineEndings(" "));
            await events.SendAsync(failure.Error, clientLeft);
        }
        catch (Exception exception)
        {
            // The protocol's boundary: once a stream began, every failure is one error event. Its cause goes to the log, never to the client.
            Log.TurnBroke(logger, start.Thread.Id, exception);
            await events.SendAsync(PlainFailure, clientLeft);
        }
    }

    /// <summary>Runs an action that is answered at once. What the responder changed in the thread is saved.</summary>
    public async Task<Outcome<ActionAnswer>> ActAsync(ThreadRow thread, SentAction action, CancellationToken cancel)
    {
        try
        {
            var item = await responder.ActAtOnceAsync(new Turn(new TurnThread(thread), input: null, items, time), action, cancel);
            await database.SaveChangesAsync(CancellationToken.None);
            return new ActionAnswer(item);
        }
        catch (ResponderException failure)
        {
            Log.AnswerFailed(logger, thread.Id, failure.Message.ReplaceLineEndings(" "));
            return Problems.Unprocessable(failure.Error.Message ?? "The action could not be carried out.");
        }
    }

    private async Task AnswerAsync(TurnStart start, ITurnEvents events, AnswerDrafts drafts, CancellationToken cancel)
    {
        if (start.Refusal is { } refusal)
        {
            await events.SendAsync(refusal, cancel);
            return;
        }

        foreach (var opening in start.Opening)
            await events.SendAsync(opening, cancel);
        await events.SendAsync(new StreamOptionsEvent(new StreamOptions(AllowCancel: true)), cancel);

        var title = new TitleWatch(database, start.Thread, time);
        var turn = new Turn(new TurnThread(start.Thread), start.Input, items, time);
        var answer = start.Action is { } action ? responder.ActAsync(turn, action, cancel) : responder.RespondAsync(turn, cancel);
        await foreach (var threadEvent in start.Lead.ToAsyncEnumerable().Concat(answer).WithCancellation(cancel))
        {
            await StoreAsync(start.Thread.Id, threadEvent);
            drafts.Follow(threadEvent);
            if (threadEvent is not ItemDone { Item.IsHidden: true })
                await events.SendAsync(threadEvent, cancel);
            await SendThreadChangesAsync(start.Thread, title, events, cancel);
            if (threadEvent is ItemDone { Item: ClientToolCall { Status: ToolCallStatus.Pending } })
                break;
        }

        await SendThreadChangesAsync(start.Thread, title, events, cancel);
    }

    private Task StoreAsync(string threadId, ThreadEvent threadEvent) => threadEvent switch
    {
        ItemDone done => items.PutAsync(done.Item),
        ItemReplaced replaced => items.PutAsync(replaced.Item),
        ItemRemoved removed => items.RemoveAsync(threadId, removed.ItemId),
        _ => Task.CompletedTask,
    };

    private async Task SendThreadChangesAsync(ThreadRow thread, TitleWatch title, ITurnEvents events, CancellationToken cancel)
    {
        var changed = database.ChangeTracker.HasChanges();
        if (changed)
        {
            thread.UpdatedAt = time.GetUtcNow().UtcDateTime;
            await database.SaveChangesAsync(CancellationToken.None);
        }

        if (await title.HasComeAsync(cancel) || changed)
            await events.SendAsync(new ThreadUpdated(thread.ToWire()), cancel);
    }

    private async Task KeepAsync(AnswerDrafts drafts)
    {
        foreach (var message in drafts.Unfinished())
            await items.PutAsync(message);
    }

    private SdkHiddenContext StopNote(string threadId) => new()
    {
        Id = Ids.HiddenContext(),
        ThreadId = threadId,
        CreatedAt = time.GetUtcNow(),
        Content = StoppedNote,
    };

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The answer in {Thread} failed: {Reason}")]
        public static partial void AnswerFailed(ILogger logger, string thread, string reason);

        [LoggerMessage(LogLevel.Error, "The turn in {Thread} broke off")]
        public static partial void TurnBroke(ILogger logger, string thread, Exception exception);
    }
}
