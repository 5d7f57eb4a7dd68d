using ChatKit.Backend.Access;
using ChatKit.Backend.Streams;

namespace ChatKit.Backend.Turns;

/// <summary>
/// Takes the thread's turn, lets the verb check and store the request, and only then opens the stream: whatever can be refused is refused with a status.
/// </summary>
internal sealed class TurnResult(string threadId, Func<CancellationToken, Task<Outcome<TurnStart>>> prepare) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var services = httpContext.RequestServices;
        using var lease = await services.GetRequiredService<ThreadTurns>().TryEnterAsync(threadId, httpContext.RequestAborted);
        if (lease is null)
        {
            await new ThreadBusy().ExecuteAsync(httpContext);
            return;
        }

        if ((await prepare(httpContext.RequestAborted)).IsProblem(out var problem, out var start))
        {
            await problem.ExecuteAsync(httpContext);
            return;
        }

        if (ResumableTurn.IsAskedFor(httpContext.Request))
        {
            await services.GetRequiredService<ResumableTurn>().RunAsync(httpContext, start, lease.Stopping);
            return;
        }

        await using var stream = EventStream.Open(httpContext, services.GetRequiredService<TimeProvider>());
        await services.GetRequiredService<TurnRunner>().RunAsync(start, stream, httpContext.RequestAborted, lease.Stopping);
    }
}
