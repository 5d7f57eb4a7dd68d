using ChatKit.Backend.Access;
using ChatKit.Backend.Items;
using ChatKit.Backend.Protocol;
using ChatKit.Backend.Threads;
using ChatKit.Backend.Turns;

namespace ChatKit.Backend.Actions;

/// <summary><c>threads.custom_action</c>: a widget or the page asks for something, which is answered as a stream.</summary>
internal sealed class CustomAction(OpenThreads threads, ItemStore items) : IVerb<CustomActionParams>
{
    private static readonly ErrorEvent NotAWidget = new(ErrorEvent.StreamError);

    public Task<IResult> HandleAsync(CustomActionParams parameters, CancellationToken cancel) =>
        Task.FromResult<IResult>(new TurnResult(parameters.ThreadId, stop => StartAsync(parameters, stop)));

    private async Task<Outcome<TurnStart>> StartAsync(CustomActionParams parameters, CancellationToken cancel)
    {
        if ((await threads.FindAsync(parameters.ThreadId, cancel)).IsProblem(out var problem, out var thread))
            return problem;
        var start = new TurnStart(thread, Input: null) { Action = new SentAction(parameters.Action, Sender: null) };
        if (parameters.ItemId is null)
            return start;
        return await items.FindAsync(thread.Id, parameters.ItemId, cancel) switch
        {
            WidgetItem widget => start with { Action = new SentAction(parameters.Action, widget) },
            null => Problems.NotFound("item"),
            // The one mistake that the protocol answers inside the stream.
            _ => start with { Refusal = NotAWidget },
        };
    }
}
