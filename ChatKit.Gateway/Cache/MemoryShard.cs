namespace ChatKit.Gateway.Cache;

/// <summary>One part of the answers in memory. The one that was not asked for longest goes first; one that is over its time goes when it is met.</summary>
internal sealed class MemoryShard(long maxBytes, int maxCount, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _byKey = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> _latestFirst = [];

    public int Count
    {
        get
        {
            lock (_lock) return _byKey.Count;
        }
    }

    public long Bytes { get; private set; }

    public CachedAnswer? Find(string key)
    {
        lock (_lock)
        {
            if (!_byKey.TryGetValue(key, out var node)) return null;
            _latestFirst.Remove(node);
            if (node.Value.Until <= time.GetUtcNow())
            {
                Forget(node);
                return null;
            }

            _latestFirst.AddFirst(node);
            return node.Value.Answer;
        }
    }

    public void Keep(string key, CachedAnswer answer, TimeSpan lifetime)
    {
        var entry = new Entry(key, answer, time.GetUtcNow() + lifetime);
        if (entry.Size > maxBytes || lifetime <= TimeSpan.Zero) return;
        lock (_lock)
        {
            if (_byKey.TryGetValue(key, out var old)) Drop(old);
            while (_byKey.Count >= maxCount || Bytes + entry.Size > maxBytes) Drop(_latestFirst.Last!);
            _byKey[key] = _latestFirst.AddFirst(entry);
            Bytes += entry.Size;
        }
    }

    public void Remove(string key)
    {
        lock (_lock)
        {
            if (_byKey.TryGetValue(key, out var node)) Drop(node);
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _byKey.Clear();
            _latestFirst.Clear();
            Bytes = 0;
        }
    }

    private void Drop(LinkedListNode<Entry> node)
    {
        _latestFirst.Remove(node);
        Forget(node);
    }

    private void Forget(LinkedListNode<Entry> node)
    {
        _byKey.Remove(node.Value.Key);
        Bytes -= node.Value.Size;
    }

    private sealed record Entry(string Key, CachedAnswer Answer, DateTimeOffset Until)
    {
        public long Size => Answer.Size + (2L * Key.Length);
    }
}
