using System.Globalization;

namespace ChatKit.Bench.Scale.Report;

/// <summary>Measured durations, and what they say: the median, and what one in a hundred, one in a thousand and the worst took.</summary>
internal sealed class Durations
{
    private readonly List<TimeSpan> _all = [];
    private bool _isSorted;

    public int Count => _all.Count;

    public void Add(TimeSpan duration)
    {
        _all.Add(duration);
        _isSorted = false;
    }

    public TimeSpan At(double share)
    {
        if (!_isSorted) _all.Sort();
        _isSorted = true;
        return _all[Math.Min(_all.Count - 1, (int)(share * _all.Count))];
    }

    public override string ToString() => $"{Show(At(0.5))} | {Show(At(0.99))} | {Show(At(0.999))} | {Show(At(1))}";

    public static string Show(TimeSpan duration) => duration < TimeSpan.FromMilliseconds(1)
        ? string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMicroseconds:0.0} µs")
        : duration < TimeSpan.FromSeconds(1) ? string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds:0.0} ms") : string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.00} s");
}
