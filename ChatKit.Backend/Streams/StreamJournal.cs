using System.Data.Common;
using ChatKit.Data.Chat;
using Microsoft.EntityFrameworkCore;

namespace ChatKit.Backend.Streams;

/// <summary>
/// Stores the events of running turns: those of all turns together, a few times in a second, in one transaction. So another replica can show them, and a client
/// finds them again for an hour. While the database cannot be reached they stay in memory, and turns go on.
/// </summary>
internal sealed partial class StreamJournal(LiveStreams streams, IDbContextFactory<ChatDbContext> contexts, TimeProvider time, ILogger<StreamJournal> logger) : BackgroundService
{
    /// <summary>How long a finished turn can be read again.</summary>
    public static TimeSpan Retention { get; } = TimeSpan.FromHours(1);

    /// <summary>A running turn that was not renewed for so long has lost its process.</summary>
    public static TimeSpan Abandoned { get; } = TimeSpan.FromSeconds(15);

    /// <summary>How often there is something new in the database.</summary>
    public static TimeSpan Interval { get; } = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Sweep = TimeSpan.FromMinutes(5);

    private long _renewedAt;
    private long _sweptAt;
    private bool _isAway;

    /// <summary>Makes the turn known, before its first event.</summary>
    public static async Task OpenAsync(ChatDbContext database, LiveStream stream, TimeProvider time, CancellationToken cancel)
    {
        var now = time.GetUtcNow().UtcDateTime;
        database.TurnStreams.Add(new TurnStreamRow { Id = stream.Id, ThreadId = stream.ThreadId, UserId = stream.UserId, StartedAt = now, AliveAt = now });
        await database.SaveChangesAsync(cancel);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await TryAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // Turns end with the host; what they said last is stored in StopAsync.
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryAsync(cancellationToken);
    }

    private async Task TryAsync(CancellationToken cancel)
    {
        try
        {
            await FlushAsync(cancel);
            if (time.GetElapsedTime(_sweptAt) >= Sweep) await SweepAsync(cancel);
            if (_isAway) Log.Back(logger);
            _isAway = false;
        }
        catch (Exception failure) when (failure is DbException or DbUpdateException or TimeoutException or InvalidOperationException)
        {
            if (!_isAway) Log.Away(logger, failure);
            _isAway = true;
        }
    }

    /// <summary>Stores what is there to store, once.</summary>
    private async Task FlushAsync(CancellationToken cancel)
    {
        List<Batch> batches = [.. streams.All.Select(Batch.Of)];
        var renews = time.GetElapsedTime(_renewedAt) >= Renewal;
        if (batches.Count == 0 || !(renews || batches.Any(static batch => batch.HasNews))) return;

        var cancelled = await StoreAsync(batches, renews, cancel);
        foreach (var batch in batches) batch.Stored();
        foreach (var (stream, _, _, _) in batches.Where(static batch => batch.Ended)) streams.Forget(stream);
        foreach (var id in cancelled) streams.Find(id)?.Cancel();
        if (renews) _renewedAt = time.GetTimestamp();
    }

    /// <summary>The turns among these that somebody asked to stop.</summary>
    private async Task<IReadOnlyList<string>> StoreAsync(List<Batch> batches, bool renews, CancellationToken cancel)
    {
        await using var database = await contexts.CreateDbContextAsync(cancel);
        var now = time.GetUtcNow().UtcDateTime;
        var ids = batches.Select(static batch => batch.Stream.Id).ToList();
        await using var transaction = await database.Database.BeginTransactionAsync(cancel);
        // A thread that was deleted took its streams with it: what its turn still says is for nobody.
        var known = (await database.TurnStreams.Where(row => ids.Contains(row.Id)).Select(row => new { row.Id, row.CancelRequested }).ToListAsync(cancel))
            .ToDictionary(static row => row.Id, static row => row.CancelRequested);
        database.TurnStreamChunks.AddRange(batches.Where(batch => batch.Frames.Count > 0 && known.ContainsKey(batch.Stream.Id)).Select(static batch => batch.ToRow()));
        await database.SaveChangesAsync(cancel);
        foreach (var (stream, first, frames, _) in batches.Where(static batch => batch.Ended))
        {
            var events = first + frames.Count - 1;
            await database.TurnStreams.Where(row => row.Id == stream.Id)
                .ExecuteUpdateAsync(row => row.SetProperty(s => s.EndedAt, now).SetProperty(s => s.Events, events), cancel);
        }

        if (renews) await database.TurnStreams.Where(row => ids.Contains(row.Id)).ExecuteUpdateAsync(row => row.SetProperty(s => s.AliveAt, now), cancel);
        await transaction.CommitAsync(cancel);
        return [.. known.Where(static row => row.Value).Select(static row => row.Key)];
    }

    private async Task SweepAsync(CancellationToken cancel)
    {
        await using var database = await contexts.CreateDbContextAsync(cancel);
        var oldest = time.GetUtcNow().UtcDateTime - Retention;
        await database.TurnStreams.Where(row => row.EndedAt < oldest || (row.EndedAt == null && row.AliveAt < oldest)).ExecuteDeleteAsync(cancel);
        _sweptAt = time.GetTimestamp();
    }

    /// <summary>What one turn said since it was last stored.</summary>
    private sealed record Batch(LiveStream Stream, long First, IReadOnlyList<ReadOnlyMemory<byte>> Frames, bool Ended)
    {
        public bool HasNews => Frames.Count > 0 || Ended;

        /// <summary>Whether it has ended is asked first: what comes between the two questions comes with the next batch.</summary>
        public static Batch Of(LiveStream stream)
        {
            var ended = stream.HasEnded;
            var (first, frames) = stream.Pending();
            return new Batch(stream, first, frames, ended);
        }

        public TurnStreamChunkRow ToRow()
        {
            var bytes = new byte[Frames.Sum(static frame => frame.Length)];
            var at = 0;
            foreach (var frame in Frames)
            {
                frame.Span.CopyTo(bytes.AsSpan(at));
                at += frame.Length;
            }

            return new TurnStreamChunkRow { StreamId = Stream.Id, First = First, Last = First + Frames.Count - 1, Frames = bytes };
        }

        public void Stored() => Stream.Stored(First + Frames.Count - 1);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The events of running turns cannot be stored; they stay in memory until they can")]
        public static partial void Away(ILogger logger, Exception failure);

        [LoggerMessage(LogLevel.Information, "The events of running turns are stored again")]
        public static partial void Back(ILogger logger);
    }
}
