using System.Collections.Concurrent;

namespace ChatKit.Backend.Agent;

/// <summary>Remembers for a while which models refuse a request that offers tools, so that it is not learnt anew with every message.</summary>
internal sealed class ModelsWithoutTools(TimeProvider time)
{
    private const int MaxModels = 1000;

    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, long> _since = new(StringComparer.Ordinal);

    public bool Contains(string model) => _since.TryGetValue(model, out var since) && time.GetElapsedTime(since) < Memory;

    public void Add(string model)
    {
        if (_since.Count >= MaxModels)
            _since.Clear();
        _since[model] = time.GetTimestamp();
    }
}
