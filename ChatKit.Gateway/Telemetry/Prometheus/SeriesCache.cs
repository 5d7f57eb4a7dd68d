using System.Collections.Concurrent;

namespace ChatKit.Gateway.Telemetry.Prometheus;

/// <summary>
/// The series of label values that were seen, so that a call finds all of its own with one look. There are at most <paramref name="capacity"/>: what comes
/// later is counted under <paramref name="other"/>, for a scrape must not grow with whoever calls.
/// </summary>
/// <param name="capacity">How many label values are told apart.</param>
/// <param name="other">What stands for those beyond.</param>
/// <param name="create">Makes the series.</param>
internal sealed class SeriesCache<TLabels, TSeries>(int capacity, Func<TLabels, TLabels> other, Func<TLabels, TSeries> create)
    where TLabels : notnull
{
    private readonly ConcurrentDictionary<TLabels, TSeries> _series = new();
    private int _count;

    public TSeries Of(in TLabels labels)
    {
        if (_series.TryGetValue(labels, out var known)) return known;
        if (Interlocked.Increment(ref _count) <= capacity) return _series.GetOrAdd(labels, create);
        Interlocked.Decrement(ref _count);
        return _series.GetOrAdd(other(labels), create);
    }
}
