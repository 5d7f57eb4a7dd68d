using ChatKit.Backend.Turns;
using ChatKit.Data.Chat;

namespace ChatKit.Backend.Streams;

/// <summary>
/// A turn that goes on when its client goes: for clients that ask for it. It is run to its end by the request that began it, whoever still listens; the client that
/// began it is its first follower.
/// </summary>
internal sealed class ResumableTurn(LiveStreams streams, StreamFollower follower, TurnRunner runner, ChatDbContext database, TimeProvider time)
{
    /// <summary>How a client says that it can follow a turn again, and will say so when one is to stop.</summary>
    public const string Header = "X-ChatKit-Resumable";

    /// <summary>The name of the turn's stream, in the answer.</summary>
    public const string StreamHeader = "X-ChatKit-Stream";

    public static bool IsAskedFor(HttpRequest request) => request.Headers[Header] == "1";

    public async Task RunAsync(HttpContext http, TurnStart start, CancellationToken deleted)
    {
        // Not disposed: it has no timer to free, and whoever stops the turn may come a moment late.
        var stopping = new CancellationTokenSource();
        var live = streams.Start(start.Thread.Id, start.Thread.UserId, stopping.Cancel);
        await StreamJournal.OpenAsync(database, live, time, http.RequestAborted);
        var turn = AnswerAsync(live, start, stopping.Token, deleted);
        http.Response.Headers[StreamHeader] = live.Id;
        try
        {
            await using var client = EventStream.Open(http, time);
            await follower.FollowAsync(live.Id, after: 0, client, http.RequestAborted);
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client went, the turn does not.
        }
        finally
        {
            await turn;
        }
    }

    private async Task AnswerAsync(LiveStream live, TurnStart start, CancellationToken cancelled, CancellationToken deleted)
    {
        try
        {
            await runner.RunAsync(start, live, cancelled, deleted);
        }
        finally
        {
            live.End();
        }
    }
}
