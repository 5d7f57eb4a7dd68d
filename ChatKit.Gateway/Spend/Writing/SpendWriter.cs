using System.Data.Common;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Spend.Journal;

namespace ChatKit.Gateway.Spend.Writing;

/// <summary>
/// Empties the journal into the database, segment by segment, and begins with what an earlier process left behind. While the database is away it waits, ever longer,
/// and says so once; the journal grows meanwhile, and nothing is lost.
/// </summary>
internal sealed partial class SpendWriter(SpendJournal journal, SpendStore store, SnapshotHolder snapshots, TimeProvider time, ILogger<SpendWriter> logger) : BackgroundService
{
    private static readonly TimeSpan FlushInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _filled = new(0);
    private readonly Queue<JournalSegment> _leftBehind = new();
    private JournalSegment? _current;
    private DateTimeOffset? _awaySince;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        journal.Filled += Wake;
        foreach (var segment in journal.Folder.TakeLeftBehind()) _leftBehind.Enqueue(segment);
        if (_leftBehind.Count > 0) Log.LeftBehind(logger, _leftBehind.Count, journal.Folder.Path);
        return base.StartAsync(cancellationToken);
    }

    /// <summary>Ends with an empty journal where the database lets it; what is left lies in its files for the next start.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        journal.Filled -= Wake;
        journal.Seal();
        while (Next() is { } segment && await TryStoreAsync(segment, cancellationToken)) _current = null;
        if (_current is { } rest) Log.Left(logger, journal.Backlog, journal.Folder.Path, rest.Name);
        journal.Flush();
    }

    public override void Dispose()
    {
        _filled.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(EmptyAsync(stoppingToken), FlushAsync(stoppingToken));

    private async Task EmptyAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = ShortestWait;
            while (Next() is { } segment)
            {
                if (await TryStoreAsync(segment, stoppingToken))
                {
                    _current = null;
                    wait = ShortestWait;
                    continue;
                }

                await Task.Delay(wait * (0.5 + Random.Shared.NextDouble()), time, stoppingToken);
                wait = wait * 2 > LongestWait ? LongestWait : wait * 2;
            }

            await WaitAsync(snapshots.Current.Settings.Spend.WriteInterval, stoppingToken);
            journal.Seal();
        }
    }

    /// <summary>The one that was tried last, what was left behind, then what is full.</summary>
    private JournalSegment? Next() => _current ??= _leftBehind.TryDequeue(out var left) ? left : journal.TakeSealed();

    private async Task FlushAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(FlushInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) journal.Flush();
    }

    private async Task<bool> TryStoreAsync(JournalSegment segment, CancellationToken cancellationToken)
    {
        var (records, damaged) = segment.Read();
        try
        {
            await StoreAsync(segment.Name, records, cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            if (_awaySince is null) Log.Away(logger, failure.Message);
            _awaySince ??= time.GetUtcNow();
            return false;
        }
        catch (OperationCanceledException)
        {
            return false;
        }

        SpendInstruments.Stored.Add(records.Count);
        Release(segment, damaged);
        if (_awaySince is { } since) Log.Back(logger, time.GetUtcNow() - since, journal.Backlog);
        _awaySince = null;
        return true;
    }

    /// <summary>One record that the database cannot hold must not keep all others out: it is found by halves and put aside.</summary>
    private async Task StoreAsync(string name, IReadOnlyList<SpendRecord> records, CancellationToken cancellationToken)
    {
        try
        {
            await store.WriteAsync(name, records, snapshots.Current.Settings.Spend.OnlySums, cancellationToken);
        }
        catch (DbException refused) when (store.RefusesContent(refused))
        {
            if (records.Count == 1)
            {
                Log.Refused(logger, records[0].RequestId, refused.Message);
                RefusedSettlements.Keep(journal.Folder, records[0]);
                return;
            }

            await StoreAsync(name + "a", [.. records.Take(records.Count / 2)], cancellationToken);
            await StoreAsync(name + "b", [.. records.Skip(records.Count / 2)], cancellationToken);
        }
    }

    private void Release(JournalSegment segment, long damaged)
    {
        journal.Release(segment.Held);
        if (damaged == 0)
        {
            segment.Delete();
            return;
        }

        Log.Damaged(logger, damaged, segment.Name);
        segment.SetAside();
    }

    private async Task WaitAsync(TimeSpan interval, CancellationToken stoppingToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        await Task.WhenAny(_filled.WaitAsync(limit.Token), Task.Delay(interval, time, limit.Token));
        await limit.CancelAsync();
        stoppingToken.ThrowIfCancellationRequested();
    }

    private void Wake()
    {
        if (_filled.CurrentCount == 0) _filled.Release();
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Count} segments of the spend journal in {Folder} were left behind by an earlier process; they are stored now")]
        public static partial void LeftBehind(ILogger logger, int count, string folder);

        [LoggerMessage(2, LogLevel.Warning, "Settlements cannot be stored: {Reason}. They are kept in the spend journal, and stored once the database is back")]
        public static partial void Away(ILogger logger, string reason);

        [LoggerMessage(3, LogLevel.Information, "Settlements are stored again, after {Time}; {Backlog} are still to come")]
        public static partial void Back(ILogger logger, TimeSpan time, int backlog);

        [LoggerMessage(4, LogLevel.Error, "The database refuses the settlement {RequestId}: {Reason}. It is put aside in the journal's folder")]
        public static partial void Refused(ILogger logger, string requestId, string reason);

        [LoggerMessage(5, LogLevel.Warning, "{Bytes} bytes at the end of the journal's segment {Segment} are damaged, as after a crash in the middle of a write; what was before them is stored, and the file is put aside")]
        public static partial void Damaged(ILogger logger, long bytes, string segment);

        [LoggerMessage(6, LogLevel.Warning, "The gateway ends with {Count} settlements in the spend journal in {Folder} (first segment {Segment}): the next start stores them")]
        public static partial void Left(ILogger logger, int count, string folder, string segment);
    }
}
