using ChatKit.Backend.Access;
using ChatKit.Backend.Items;
using ChatKit.Backend.Protocol;
using ChatKit.Backend.Turns;

namespace ChatKit.Backend.Threads;

/// <summary><c>threads.add_structured_input</c>: the answers to a form, after which the turn goes on with no new message.</summary>
internal sealed class AddStructuredInput(OpenThreads threads, ItemStore items) : IVerb<AddStructuredInputParams>
{
    public Task<IResult> HandleAsync(AddStructuredInputParams parameters, CancellationToken cancel) =>
        Task.FromResult<IResult>(new TurnResult(parameters.ThreadId, stop => AnswerAsync(parameters, stop)));

    private async Task<Outcome<TurnStart>> AnswerAsync(AddStructuredInputParams parameters, CancellationToken cancel)
    {
        if ((await threads.FindAsync(parameters.ThreadId, cancel)).IsProblem(out var problem, out var thread))
            return problem;
        return await items.FindAsync(thread.Id, parameters.ItemId, cancel) switch
        {
            StructuredInput { Status: StructuredInputStatus.Pending } form => new TurnStart(thread, Input: null)
            {
                Lead = [new ItemReplaced(FilledForm.From(form, parameters.Input))],
            },
            StructuredInput => Problems.Unprocessable("The form was answered already."),
            null => Problems.NotFound("item"),
            _ => Problems.Unprocessable("Only a form can be answered so."),
        };
    }
}
