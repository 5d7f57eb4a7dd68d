using ChatKit.Backend.Protocol;
using ChatKit.Backend.Turns;
using ChatKit.Data.Chat;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Backend.Streams;

/// <summary>
/// Gives a client the events of a turn, each once and in order: those that were, then those that come. From memory where the turn runs in this process, from
/// the database where it runs in another one or is over.
/// </summary>
internal sealed class StreamFollower(LiveStreams streams, IDbContextFactory<ChatDbContext> contexts, TimeProvider time)
{
    /// <summary>The last thing that a follower gets: the turn is over, and a connection that ends after it was not lost.</summary>
    private static readonly ReadOnlyMemory<byte> End = "event: end\ndata: {}\n\n"u8.ToArray();

    /// <param name="id">The turn's stream; it is there, and the client may see it.</param>
    /// <param name="after">The number of the last event that the client has.</param>
    /// <param name="client">The client.</param>
    /// <param name="left">Cancelled when the client goes.</param>
    public async Task FollowAsync(string id, long after, EventStream client, CancellationToken left)
    {
        while (true)
        {
            if (streams.Find(id) is { } live && live.TryRead(after, out var frames))
            {
                // Asked before the frames were taken: an end that comes between is seen in the next round.
                var isOver = frames.Count == 0 && live.HasEnded && live.Count <= after;
                if (frames.Count > 0) await client.SendAsync(frames, left);
                after += frames.Count;
                if (isOver) break;
                await live.WaitAsync(after, left);
                continue;
            }

            var (chunks, state) = await ReadAsync(id, after, left);
            foreach (var chunk in chunks) after = await SendAsync(chunk, after, client, left);
            if (chunks.Count > 0) continue;
            if (state is StreamState.Over) break;
            if (state is StreamState.Lost)
            {
                await client.SendAsync(new ErrorEvent(ErrorEvent.StreamError, AllowRetry: true), left);
                break;
            }

            await Task.Delay(StreamJournal.Interval, time, left);
        }

        await client.SendAsync([End], left);
    }

    /// <summary>The chunk's events that the client does not have. Frames end with a blank line, and none is inside of one.</summary>
    private static async Task<long> SendAsync(TurnStreamChunkRow chunk, long after, EventStream client, CancellationToken left)
    {
        ReadOnlyMemory<byte> rest = chunk.Frames;
        for (var number = chunk.First; number <= after; number++)
            rest = rest[(rest.Span.IndexOf("\n\n"u8) + 2)..];
        await client.SendAsync([rest], left);
        return chunk.Last;
    }

    private async Task<(IReadOnlyList<TurnStreamChunkRow> Chunks, StreamState State)> ReadAsync(string id, long after, CancellationToken left)
    {
        await using var database = await contexts.CreateDbContextAsync(left);
        // The turn's state first: what it says after that is found in the next round.
        var stream = await database.TurnStreams.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, left);
        var chunks = await database.TurnStreamChunks.AsNoTracking().Where(chunk => chunk.StreamId == id && chunk.Last > after).OrderBy(chunk => chunk.First).ToListAsync(left);
        var state = stream is null || stream.EndedAt is not null ? StreamState.Over
            : streams.Find(id) is null && time.GetUtcNow().UtcDateTime - stream.AliveAt > StreamJournal.Abandoned ? StreamState.Lost
            : StreamState.Running;
        return (chunks, state);
    }

    private enum StreamState
    {
        Running,
        Over,
        Lost,
    }
}
