namespace ChatKit.Gateway.Model;

/// <summary>The latest measurements of one duration, in seconds, each with its time; memory is taken with the first.</summary>
internal sealed class LatencySamples
{
    /// <summary>The most that are kept.</summary>
    public const int Most = 64;

    private readonly Lock _gate = new();
    private (DateTimeOffset At, double Seconds)[]? _ring;
    private long _count;

    public void Add(DateTimeOffset at, double seconds)
    {
        lock (_gate)
        {
            _ring ??= new (DateTimeOffset, double)[Most];
            _ring[_count++ % Most] = (at, seconds);
        }
    }

    /// <summary>The mean of the last <paramref name="size"/> that are not older than <paramref name="since"/>; null where there is none.</summary>
    public double? Mean(int size, DateTimeOffset since)
    {
        lock (_gate)
        {
            var (sum, used) = (0.0, 0);
            for (var i = _count - 1; i >= 0 && used < Math.Min(size, Most) && i > _count - 1 - Most; i--)
            {
                var (at, seconds) = _ring![i % Most];
                if (at < since) break;
                sum += seconds;
                used++;
            }

            return used == 0 ? null : sum / used;
        }
    }

    /// <summary>The value that the given share of the kept samples lies at or below; null where fewer than <paramref name="fewest"/> are known.</summary>
    public double? Quantile(double share, int fewest, DateTimeOffset since)
    {
        Span<double> values = stackalloc double[Most];
        var used = Copy(values, since);
        if (used < fewest || used == 0) return null;
        values = values[..used];
        values.Sort();
        return values[Math.Min(used - 1, (int)Math.Ceiling(share * used) - 1)];
    }

    private int Copy(Span<double> values, DateTimeOffset since)
    {
        var used = 0;
        lock (_gate)
        {
            for (var i = 0; i < Math.Min(_count, Most); i++)
            {
                if (_ring![i].At >= since) values[used++] = _ring[i].Seconds;
            }
        }

        return used;
    }
}
