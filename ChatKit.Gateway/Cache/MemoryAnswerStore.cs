using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Cache;

/// <summary>Answers in this process, within a number and an amount of memory. Cut into shards, each with its own lock, so that calls do not queue for one.</summary>
internal sealed class MemoryAnswerStore : IAnswerStore
{
    private const int Shards = 16;

    private readonly MemoryShard[] _shards;

    public MemoryAnswerStore(CacheSettings settings, TimeProvider time)
    {
        // A shard holds at least one answer of the longest kind, or long answers could never be kept.
        var bytes = Math.Max(settings.MemoryBytes / Shards, settings.MaxEntryBytes + 4096L);
        var count = Math.Max(1, settings.MaxEntries / Shards);
        _shards = new MemoryShard[(int)Math.Clamp(settings.MemoryBytes / bytes, 1, Math.Min(Shards, settings.MaxEntries))];
        for (var i = 0; i < _shards.Length; i++) _shards[i] = new MemoryShard(bytes, Math.Max(count, settings.MaxEntries / _shards.Length), time);
    }

    public string Type => "local";

    /// <summary>What is kept, for tests and for people who look.</summary>
    public (int Count, long Bytes) Holds => (_shards.Sum(shard => shard.Count), _shards.Sum(shard => shard.Bytes));

    public ValueTask<CachedAnswer?> FindAsync(string key) => ValueTask.FromResult(Shard(key).Find(key));

    public void Keep(string key, CachedAnswer answer, TimeSpan lifetime) => Shard(key).Keep(key, answer, lifetime);

    public Task PingAsync() => Task.CompletedTask;

    public Task DeleteAsync(IReadOnlyList<string> keys)
    {
        foreach (var key in keys) Shard(key).Remove(key);
        return Task.CompletedTask;
    }

    public Task FlushAsync()
    {
        foreach (var shard in _shards) shard.Clear();
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private MemoryShard Shard(string key) => _shards[(uint)string.GetHashCode(key) % _shards.Length];
}
