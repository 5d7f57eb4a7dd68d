using ChatKit.Gateway.Model;
using ChatKit.Gateway.Redis;

namespace ChatKit.Gateway.Keys.Lookup;

/// <summary>
/// Rows of the database as the spine sees them: out of memory. The database is asked for what was not seen lately, and for what is in use before it is out of date,
/// so that calls do not wait for it. With the database down, what is known stays known. What nobody has is remembered apart, so that no flood of such names pushes out
/// what is known.
/// </summary>
internal sealed class LiveLookup<TKey, TValue>
    where TKey : IEquatable<TKey>
    where TValue : class
{
    /// <summary>Of the lifetime, how much is over when something in use is read again.</summary>
    private const double RefreshAt = 0.75;

    private readonly SnapshotHolder _snapshots;
    private readonly ReplicaNews _news;
    private readonly TimeProvider _time;
    private readonly BatchLoader<TKey, TValue> _loader;
    private readonly ClockCache<TKey, Entry> _known;
    private readonly ClockCache<TKey, Entry> _unknown = new(LookupLimits.MostUnknown);
    private long _agedAt = LookedUp.Old;

    public LiveLookup(ReadBatch<TKey, TValue> read, SnapshotHolder snapshots, ReplicaNews news, TimeProvider time, ILogger logger)
    {
        (_snapshots, _news, _time) = (snapshots, news, time);
        _known = new(snapshots.Current.Settings.Keys.CacheSize);
        _loader = new BatchLoader<TKey, TValue>(read, Keep, time, logger);
    }

    /// <summary>How many are in memory.</summary>
    public int Count => _known.Count;

    /// <summary>What is known; at once, in nearly all cases.</summary>
    public ValueTask<LookedUp<TValue>> FindAsync(TKey key)
    {
        if (_known.TryGet(key, out var known))
        {
            var (lifetime, age) = (Lifetime, AgeOf(known));
            if (age < lifetime * RefreshAt) return new(known.Found);
            if (age >= lifetime && !_loader.IsDown) return RefreshAsync(key, known);
            _ = _loader.LoadAsync(key);
            return new(known.Found);
        }

        return _unknown.TryGet(key, out var unknown) && AgeOf(unknown) < Lifetime ? default : new(_loader.LoadAsync(key));
    }

    /// <summary>It was changed: the next call reads it, and where the database cannot be reached, it is not served as it was.</summary>
    public void Forget(TKey key)
    {
        _loader.Changed();
        _known.Remove(key);
        _unknown.Remove(key);
    }

    /// <summary>Those among the known were changed.</summary>
    public void ForgetWhere(Func<TValue, bool> isChanged)
    {
        _loader.Changed();
        foreach (var (key, entry) in _known.Entries)
        {
            if (isChanged(entry.Found.Found!)) _known.Remove(key);
        }
    }

    /// <summary>Changes may have gone unheard: everything is read again before it counts, and counts as it is only while the database cannot be reached.</summary>
    public void Age()
    {
        _loader.Changed();
        Volatile.Write(ref _agedAt, _time.GetTimestamp());
    }

    private TimeSpan Lifetime
    {
        get
        {
            var configured = _snapshots.Current.Settings.Keys.CacheTtl;
            return _news.AreHeard switch
            {
                true => configured ?? LookupLimits.HeardLifetime,
                // Nobody to hear, as far as is known: whoever has replicas without a Redis says how long is too long.
                null => configured ?? LookupLimits.UnheardLifetime,
                false => configured < LookupLimits.UnheardLifetime ? configured.Value : LookupLimits.UnheardLifetime,
            };
        }
    }

    private TimeSpan AgeOf(Entry entry) => entry.ReadAt <= Volatile.Read(ref _agedAt) ? TimeSpan.MaxValue : _time.GetElapsedTime(entry.ReadAt);

    private async ValueTask<LookedUp<TValue>> RefreshAsync(TKey key, Entry known)
    {
        try
        {
            var read = await _loader.LoadAsync(key).WaitAsync(LookupLimits.Patience, _time);
            return read.IsUnavailable ? known.Found : read;
        }
        catch (TimeoutException)
        {
            _loader.Doubt();
            return known.Found;
        }
    }

    private void Keep(TKey key, TValue? found, long readAt)
    {
        var (into, outOf) = found is null ? (_unknown, _known) : (_known, _unknown);
        outOf.Remove(key);
        into.Set(key, new Entry(new LookedUp<TValue>(found, IsUnavailable: false), readAt));
    }

    private sealed record Entry(LookedUp<TValue> Found, long ReadAt);
}
