using ChatKit.Backend.Access;
using ChatKit.Backend.Threads;
using ChatKit.Backend.Turns;
using ChatKit.Data.Chat;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Backend.Streams;

/// <summary>
/// What clients of resumable turns have besides the protocol: following one again, and stopping one. A user's own threads only; somebody else's are not there.
/// </summary>
internal static class StreamEndpoints
{
    public static void MapStreams(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/threads/{threadId}/stream", FollowAsync);
        routes.MapPost("/api/threads/{threadId}/cancel", CancelAsync);
    }

    /// <summary>
    /// The thread's running turn from its beginning, or after <c>Last-Event-ID</c>; 204 where none runs. With <c>Last-Event-ID</c> a turn that is over is told to its
    /// end, for an hour; 410 after that, when the thread's items tell everything.
    /// </summary>
    private static async Task<IResult> FollowAsync(string threadId, HttpContext http, ChatDbContext database, CurrentUser user, CancellationToken cancel)
    {
        if (!await database.Threads.OwnedBy(user).AnyAsync(thread => thread.Id == threadId, cancel))
            return Problems.NotFound("thread");
        var ofThread = database.TurnStreams.AsNoTracking().Where(stream => stream.ThreadId == threadId && stream.UserId == user.Id);
        if (http.Request.Headers["Last-Event-ID"] is [{ Length: > 0 } given])
        {
            if (!EventId.TryParse(given, out var last))
                return Problems.BadRequest("The header Last-Event-ID is not the id of an event.");
            return await ofThread.AnyAsync(stream => stream.Id == last.Stream, cancel)
                ? new Following(last)
                : Problems.Of(StatusCodes.Status410Gone, "The events of this turn are not kept any more.");
        }

        var running = await ofThread.Where(stream => stream.EndedAt == null).OrderByDescending(stream => stream.StartedAt).Select(stream => stream.Id).FirstOrDefaultAsync(cancel);
        return running is null ? TypedResults.NoContent() : new Following(new EventId(running, 0));
    }

    /// <summary>Stops the thread's running turn, wherever it runs. What it said is kept, as when a plain client goes.</summary>
    private static async Task<IResult> CancelAsync(string threadId, ChatDbContext database, CurrentUser user, LiveStreams streams, CancellationToken cancel)
    {
        if (!await database.Threads.OwnedBy(user).AnyAsync(thread => thread.Id == threadId, cancel))
            return Problems.NotFound("thread");
        await database.TurnStreams.Where(stream => stream.ThreadId == threadId && stream.UserId == user.Id && stream.EndedAt == null)
            .ExecuteUpdateAsync(stream => stream.SetProperty(row => row.CancelRequested, true), cancel);
        foreach (var live in streams.All.Where(live => live.ThreadId == threadId && live.UserId == user.Id)) live.Cancel();
        return TypedResults.NoContent();
    }

    private sealed class Following(EventId last) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var services = httpContext.RequestServices;
            httpContext.Response.Headers[ResumableTurn.StreamHeader] = last.Stream;
            try
            {
                await using var client = EventStream.Open(httpContext, services.GetRequiredService<TimeProvider>());
                await services.GetRequiredService<StreamFollower>().FollowAsync(last.Stream, last.Number, client, httpContext.RequestAborted);
            }
            catch (Exception) when (httpContext.RequestAborted.IsCancellationRequested)
            {
                // It may come again.
            }
        }
    }
}
