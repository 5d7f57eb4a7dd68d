using ChatKit.Gateway.Wire;

namespace ChatKit.Gateway.Spend.Journal;

/// <summary>
/// The first place that a settlement goes to: the end of a local file. Once <see cref="AppendAsync"/> is over, the bytes are the operating system's, and survive the
/// end of this process, however it comes. Whoever comes while a write is under way is written with the next one, all at once: nobody waits in line for the disk.
/// </summary>
internal sealed partial class SpendJournal(JournalFolder folder, TimeProvider time, ILogger<SpendJournal> logger) : IDisposable
{
    /// <summary>A segment is one transaction of the database.</summary>
    public const int MostInSegment = 5_000;

    /// <summary>Beyond it, what lies safely in a file is not kept in memory as well.</summary>
    private const int MostHeld = 50_000;

    /// <summary>Beyond it, while the disk refuses and the database is away, settlements are lost: about 200 MB.</summary>
    private const int MostUnwritten = 200_000;

    [ThreadStatic]
    private static PooledBuffer? _frame;

    private readonly Lock _queue = new();
    private readonly Lock _files = new();
    private readonly Queue<JournalSegment> _sealed = new();
    private JournalBatch _waiting = new();
    private JournalBatch _spare = new();
    private JournalSegment? _active;
    private bool _isWriting;
    private bool _isRefused;
    private bool _isDirty;
    private int _held;

    /// <summary>Raised when a segment is full.</summary>
    public event Action? Filled;

    public JournalFolder Folder => folder;

    /// <summary>Records of this process that are not in the database yet.</summary>
    public int Backlog => Volatile.Read(ref _held);

    /// <summary>Ends when the record is in the journal's file, or in memory where the disk refuses it.</summary>
    public ValueTask AppendAsync(SpendRecord record)
    {
        var frame = _frame ??= new PooledBuffer();
        frame.Clear();
        JournalFrame.Write(record, frame);
        lock (_queue)
        {
            _waiting.Add(record, frame.WrittenSpan);
            if (_isWriting) return new ValueTask(_waiting.Written);
            _isWriting = true;
        }

        WriteWaiting();
        return default;
    }

    /// <summary>Closes the segment that is being filled, where it holds anything, so that it can be stored.</summary>
    public void Seal()
    {
        lock (_files) SealActive();
    }

    /// <summary>The next segment to store; null for none.</summary>
    public JournalSegment? TakeSealed()
    {
        lock (_files) return _sealed.TryDequeue(out var segment) ? segment : null;
    }

    /// <summary>A stored segment's records count no more.</summary>
    public void Release(int held) => Interlocked.Add(ref _held, -held);

    /// <summary>Makes what was written survive a loss of power, and tries again what the disk refused.</summary>
    public void Flush()
    {
        JournalSegment? active;
        lock (_files)
        {
            (active, var isDirty) = (_active, _isDirty);
            _isDirty = false;
            if (!isDirty && !_isRefused) return;
            if (_isRefused && active?.TryAgain() is null) Accepted();
        }

        try
        {
            active?.Flush();
        }
        catch (Exception ended) when (ended is ObjectDisposedException or IOException)
        {
            // It was stored meanwhile; or the disk is at its end, which the next write says.
        }
    }

    public void Dispose()
    {
        lock (_files)
        {
            _active?.Dispose();
            _active = null;
        }
    }

    /// <summary>Writes what came until now; what comes meanwhile is left to another thread, so that no call serves all others.</summary>
    private void WriteWaiting()
    {
        JournalBatch batch;
        lock (_queue) (batch, _waiting) = (_waiting, _spare);
        lock (_files) Write(batch);
        batch.Complete();
        lock (_queue)
        {
            _spare = batch;
            if (_waiting.IsEmpty)
            {
                _isWriting = false;
                return;
            }
        }

        ThreadPool.UnsafeQueueUserWorkItem(static journal => journal.WriteWaiting(), this, preferLocal: false);
    }

    private void Write(JournalBatch batch)
    {
        _active ??= Open();
        if (!_active.IsOnDisk && Backlog >= MostUnwritten)
        {
            Lose(batch.Records.Count);
            return;
        }

        _isDirty = true;
        Interlocked.Add(ref _held, batch.Records.Count);
        var refused = _active.Append(batch.Records, batch.Frames);
        if (refused is not null) Refused(refused);
        else if (_isRefused && _active.IsOnDisk) Accepted();
        if (_active.Count < MostInSegment) return;
        SealActive();
        Filled?.Invoke();
    }

    private JournalSegment Open()
    {
        try
        {
            return folder.Create(time.GetUtcNow());
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            Refused(refused);
            return JournalSegment.WithoutFile($"memory-{Guid.NewGuid():N}");
        }
    }

    private void SealActive()
    {
        if (_active is not { Count: > 0 } full) return;
        full.TryAgain();
        if (full.IsOnDisk && Backlog > MostHeld)
        {
            Release(full.Held);
            full.Forget();
        }

        _sealed.Enqueue(full);
        _active = null;
    }

    private void Refused(Exception reason)
    {
        SpendInstruments.JournalRefusals.Add(1);
        if (_isRefused) return;
        _isRefused = true;
        Log.Refused(logger, folder.Path, reason.Message);
    }

    private void Accepted()
    {
        _isRefused = false;
        Log.Accepted(logger, folder.Path);
    }

    private void Lose(int count)
    {
        SpendInstruments.Lost.Add(count);
        Log.Lost(logger, count);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The spend journal in {Folder} cannot be written to: {Reason}. Calls go on and settlements are kept in memory; they are lost if the gateway ends before the disk or the database takes them")]
        public static partial void Refused(ILogger logger, string folder, string reason);

        [LoggerMessage(2, LogLevel.Warning, "The spend journal in {Folder} is written to again")]
        public static partial void Accepted(ILogger logger, string folder);

        [LoggerMessage(3, LogLevel.Critical, "{Count} settlements are LOST: neither the journal's disk nor the database takes them, and memory is full")]
        public static partial void Lost(ILogger logger, int count);
    }
}
