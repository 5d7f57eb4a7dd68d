using System.Collections.Concurrent;

namespace ChatKit.Gateway.Wire;

/// <summary>
/// What is made of a name that comes again and again, worked out once: the quoted name of a model, the forwarded name of a header. The names come from outside, so
/// only so many are kept; a name beyond that is worked out each time.
/// </summary>
internal sealed class DerivedTexts<T>(Func<string, T> derive)
{
    private const int Most = 1024;
    private const int LongestKept = 256;

    private readonly ConcurrentDictionary<string, T> _known = new(StringComparer.Ordinal);
    private int _count;

    public T Of(string name)
    {
        if (_known.TryGetValue(name, out var known)) return known;
        var derived = derive(name);
        if (name.Length <= LongestKept && Volatile.Read(ref _count) < Most && _known.TryAdd(name, derived)) Interlocked.Increment(ref _count);
        return derived;
    }
}
