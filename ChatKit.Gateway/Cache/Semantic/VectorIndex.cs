using System.Numerics;
using System.Runtime.InteropServices;

namespace ChatKit.Gateway.Cache.Semantic;

/// <summary>
/// The vectors of questions that were answered, scope by scope, compared one by one: a scope has few enough. Within an amount of memory; the scope that was not asked
/// for longest goes first, and within a scope the oldest question.
/// </summary>
internal sealed class VectorIndex(long maxBytes)
{
    private const int MostOfScope = 1000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<Scope>> _byName = new(StringComparer.Ordinal);
    private readonly LinkedList<Scope> _latestFirst = [];
    private long _bytes;

    /// <summary>The key of the question that is most alike, and how alike it is; null where none is alike enough.</summary>
    public (string Key, double Similarity)? Find(string scope, float[] vector, double threshold)
    {
        lock (_lock)
        {
            if (!_byName.TryGetValue(scope, out var node)) return null;
            _latestFirst.Remove(node);
            _latestFirst.AddFirst(node);
            (string Key, double Similarity)? best = null;
            foreach (var kept in node.Value.Vectors)
            {
                if (kept.Vector.Length != vector.Length) continue;
                var similarity = Cosine(kept.Vector, vector);
                if (similarity >= threshold && similarity > (best?.Similarity ?? double.NegativeInfinity)) best = (kept.Key, similarity);
            }

            return best;
        }
    }

    public void Add(string scope, KeptVector vector)
    {
        lock (_lock)
        {
            if (!_byName.TryGetValue(scope, out var node)) _byName[scope] = node = _latestFirst.AddFirst(new Scope(scope, []));
            Remove(node.Value, vector.Key);
            node.Value.Vectors.Add(vector);
            _bytes += SizeOf(vector);
            if (node.Value.Vectors.Count > MostOfScope) Remove(node.Value, node.Value.Vectors[0].Key);
            while (_bytes > maxBytes && _latestFirst.Last is { } last) Drop(last);
        }
    }

    /// <summary>The question's answer is gone.</summary>
    public void Remove(string scope, string key)
    {
        lock (_lock)
        {
            if (_byName.TryGetValue(scope, out var node)) Remove(node.Value, key);
        }
    }

    /// <summary>When the latest vector of the scope came; 0 where there is none.</summary>
    public long LatestOf(string scope)
    {
        lock (_lock) return _byName.TryGetValue(scope, out var node) ? node.Value.Vectors.Select(static kept => kept.At).DefaultIfEmpty().Max() : 0;
    }

    public void Clear()
    {
        lock (_lock)
        {
            _byName.Clear();
            _latestFirst.Clear();
            _bytes = 0;
        }
    }

    /// <summary>https://en.wikipedia.org/wiki/Cosine_similarity</summary>
    public static double Cosine(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var (dot, aa, bb) = (Dot(a, b), Dot(a, a), Dot(b, b));
        return aa == 0 || bb == 0 ? 0 : dot / Math.Sqrt(aa * bb);
    }

    private static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var wideA = MemoryMarshal.Cast<float, Vector<float>>(a);
        var wideB = MemoryMarshal.Cast<float, Vector<float>>(b);
        var sum = Vector<float>.Zero;
        for (var i = 0; i < wideA.Length; i++) sum += wideA[i] * wideB[i];
        double total = Vector.Sum(sum);
        for (var i = wideA.Length * Vector<float>.Count; i < a.Length; i++) total += a[i] * b[i];
        return total;
    }

    private void Remove(Scope scope, string key)
    {
        var at = scope.Vectors.FindIndex(kept => kept.Key == key);
        if (at < 0) return;
        _bytes -= SizeOf(scope.Vectors[at]);
        scope.Vectors.RemoveAt(at);
    }

    private void Drop(LinkedListNode<Scope> node)
    {
        _bytes -= node.Value.Vectors.Sum(SizeOf);
        _byName.Remove(node.Value.Name);
        _latestFirst.Remove(node);
    }

    private static long SizeOf(KeptVector vector) => (vector.Vector.Length * sizeof(float)) + (2 * vector.Key.Length) + 64;

    private sealed record Scope(string Name, List<KeptVector> Vectors);
}
