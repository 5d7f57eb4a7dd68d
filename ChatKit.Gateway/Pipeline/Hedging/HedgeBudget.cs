namespace ChatKit.Gateway.Pipeline.Hedging;

/// <summary>
/// So many hedges for so many calls and no more: each call puts its share of a hedge in, each hedge takes a whole one out. What a quiet time saves up is bounded,
/// so that a bad time cannot double the load.
/// </summary>
internal sealed class HedgeBudget
{
    private const long Whole = 1_000_000;
    private const long Most = 10 * Whole;

    private long _saved;

    /// <summary>A call began, for which so many hundredths of a hedge may be made.</summary>
    public void Add(double percent)
    {
        var share = (long)(percent / 100 * Whole);
        var saved = Volatile.Read(ref _saved);
        while (saved < Most)
        {
            var seen = Interlocked.CompareExchange(ref _saved, Math.Min(saved + share, Most), saved);
            if (seen == saved) return;
            saved = seen;
        }
    }

    /// <summary>True where there is a hedge left; it is taken.</summary>
    public bool TryTake()
    {
        var saved = Volatile.Read(ref _saved);
        while (saved >= Whole)
        {
            var seen = Interlocked.CompareExchange(ref _saved, saved - Whole, saved);
            if (seen == saved) return true;
            saved = seen;
        }

        return false;
    }

    /// <summary>A hedge that was taken and could not be made.</summary>
    public void GiveBack() => Interlocked.Add(ref _saved, Whole);
}
