using ChatKit.Backend.Access;
using ChatKit.Backend.Items;
using ChatKit.Backend.Protocol;
using ChatKit.Backend.Turns;

namespace ChatKit.Backend.Threads;

/// <summary><c>threads.add_client_tool_output</c>: what a client's tool found, after which the turn goes on with no new message.</summary>
internal sealed class AddClientToolOutput(OpenThreads threads, ItemStore items) : IVerb<AddClientToolOutputParams>
{
    /// <summary>How far back calls that never got their output are looked for.</summary>
    private const int CleanedItems = 20;

    public Task<IResult> HandleAsync(AddClientToolOutputParams parameters, CancellationToken cancel) =>
        Task.FromResult<IResult>(new TurnResult(parameters.ThreadId, stop => CompleteAsync(parameters, stop)));

    private async Task<Outcome<TurnStart>> CompleteAsync(AddClientToolOutputParams parameters, CancellationToken cancel)
    {
        if ((await threads.FindAsync(parameters.ThreadId, cancel)).IsProblem(out var problem, out var thread))
            return problem;
        var newest = await items.NewestAsync(thread.Id, CleanedItems, cancel);
        if (newest is not [.., ClientToolCall { Status: ToolCallStatus.Pending } call])
            return Problems.Unprocessable("The thread does not wait for a tool's output.");
        await items.PutAsync(call with { Status = ToolCallStatus.Completed, Output = parameters.Result });
        foreach (var stale in newest.OfType<ClientToolCall>().Where(other => other.Status is ToolCallStatus.Pending && other.Id != call.Id))
            await items.RemoveAsync(thread.Id, stale.Id);
        return new TurnStart(thread, Input: null);
    }
}
