namespace ChatKit.Gateway.Model;

/// <summary>
/// How many tokens a deployment's answers have, as a rule: what is reserved for a call that does not bound its answer. A guess, so updates that cross each other
/// may lose one.
/// </summary>
internal sealed class UsualOutput
{
    /// <summary>The weight of the latest answer is one in so many.</summary>
    private const int Memory = 8;

    private double _average = -1;

    /// <summary>Enough for most answers; null before the first.</summary>
    public long? Bound => Volatile.Read(ref _average) is >= 0 and var average ? (long)Math.Ceiling(2 * average) : null;

    public void Add(long tokens)
    {
        var average = Volatile.Read(ref _average);
        Volatile.Write(ref _average, average < 0 ? tokens : average + ((tokens - average) / Memory));
    }
}
