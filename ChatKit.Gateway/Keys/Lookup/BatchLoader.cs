using System.Data.Common;

namespace ChatKit.Gateway.Keys.Lookup;

/// <summary>Reads things out of the database, all of them in one round trip; those that it does not return do not exist.</summary>
internal delegate Task<IReadOnlyDictionary<TKey, TValue>> ReadBatch<TKey, TValue>(IReadOnlyList<TKey> keys, CancellationToken cancellationToken);

/// <summary>Takes what was read over into memory.</summary>
/// <param name="key">What was asked for.</param>
/// <param name="found">Null where there is no such thing.</param>
/// <param name="readAt">The timestamp it was read at; <see cref="LookedUp.Old"/> where it may be out of date already.</param>
internal delegate void KeepRead<in TKey, in TValue>(TKey key, TValue? found, long readAt)
    where TValue : class;

/// <summary>
/// The only way to the database on the spine. A thing is asked for once, however many calls wait for it, and all that are waited for go together in one query: a
/// flood of unknown keys makes queries larger and not more. While the database cannot be reached, it is asked once a second, and nobody waits for that.
/// </summary>
internal sealed class BatchLoader<TKey, TValue>(ReadBatch<TKey, TValue> read, KeepRead<TKey, TValue> keep, TimeProvider time, ILogger logger)
    where TKey : notnull
    where TValue : class
{
    private const int MostQueries = 2;
    private const int MostReadings = 3;

    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, TaskCompletionSource<LookedUp<TValue>>> _loads = [];
    private readonly Queue<TKey> _queue = new();
    private int _queries;
    private long _changes;
    private long _failedAt;
    private volatile bool _isDown;
    private bool _isTold;

    /// <summary>True from a failure, or a doubt, until a query succeeds.</summary>
    public bool IsDown => _isDown;

    /// <summary>Somebody waited longer than they should have to.</summary>
    public void Doubt() => _isDown = true;

    /// <summary>Something was changed: what is being read at this moment may be out of date.</summary>
    public void Changed()
    {
        lock (_gate) _changes++;
    }

    /// <summary>The thing, as the database has it now.</summary>
    public Task<LookedUp<TValue>> LoadAsync(TKey key)
    {
        TaskCompletionSource<LookedUp<TValue>>? load;
        lock (_gate)
        {
            if (_loads.TryGetValue(key, out load)) return load.Task;
            if (_loads.Count >= LookupLimits.MostWaiting || IsResting) return Task.FromResult(LookedUp<TValue>.Unavailable);
            load = new TaskCompletionSource<LookedUp<TValue>>(TaskCreationOptions.RunContinuationsAsynchronously);
            _loads.Add(key, load);
            _queue.Enqueue(key);
            if (_queries == MostQueries) return load.Task;
            _queries++;
        }

        _ = Task.Run(QueryAsync);
        return load.Task;
    }

    private bool IsResting => _isDown && _failedAt != 0 && time.GetElapsedTime(_failedAt) < LookupLimits.RestAfterFailure;

    private async Task QueryAsync()
    {
        while (Take() is { Count: > 0 } batch) await QueryAsync(batch);
    }

    private List<TKey> Take()
    {
        lock (_gate)
        {
            var batch = new List<TKey>(Math.Min(_queue.Count, LookupLimits.Batch));
            while (batch.Count < LookupLimits.Batch && _queue.TryDequeue(out var key)) batch.Add(key);
            if (batch.Count == 0) _queries--;
            return batch;
        }
    }

    private async Task QueryAsync(List<TKey> batch)
    {
        try
        {
            for (var reading = 1; ; reading++)
            {
                var (changes, readAt) = (Volatile.Read(ref _changes), time.GetTimestamp());
                using var patience = new CancellationTokenSource(LookupLimits.QueryTimeout, time);
                var found = await read(batch, patience.Token);
                if (changes != Volatile.Read(ref _changes) && reading < MostReadings) continue;
                Keep(batch, found, changes, readAt);
                break;
            }

            if (_isTold) LookupLog.Back(logger);
            (_isDown, _isTold) = (false, false);
        }
        catch (Exception failure) when (failure is DbException or OperationCanceledException or TimeoutException or { InnerException: DbException or TimeoutException })
        {
            Volatile.Write(ref _failedAt, time.GetTimestamp());
            if (!_isTold) LookupLog.Down(logger, (failure.InnerException ?? failure).Message);
            (_isDown, _isTold) = (true, true);
            Finish(batch, static _ => LookedUp<TValue>.Unavailable);
        }
        catch (Exception bug)
        {
            // Nobody is left waiting; whoever asked reports it.
            Fail(batch, bug);
        }
    }

    private void Keep(List<TKey> batch, IReadOnlyDictionary<TKey, TValue> found, long changes, long readAt)
    {
        lock (_gate)
        {
            // A change counts itself here before it takes anything out of memory, so either this sees it, or it takes out what this puts in.
            if (changes != _changes) readAt = LookedUp.Old;
            foreach (var key in batch) keep(key, found.GetValueOrDefault(key), readAt);
        }

        Finish(batch, key => new LookedUp<TValue>(found.GetValueOrDefault(key), IsUnavailable: false));
    }

    private void Finish(List<TKey> batch, Func<TKey, LookedUp<TValue>> result)
    {
        foreach (var key in batch) Release(key).TrySetResult(result(key));
    }

    private void Fail(List<TKey> batch, Exception bug)
    {
        foreach (var key in batch) Release(key).TrySetException(bug);
    }

    private TaskCompletionSource<LookedUp<TValue>> Release(TKey key)
    {
        lock (_gate)
        {
            _loads.Remove(key, out var load);
            return load!;
        }
    }
}
