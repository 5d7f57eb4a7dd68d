using ChatKit.Gateway.Cache.Semantic;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Cache;

/// <summary>The answers of the current configuration. A reload that changes the cache's settings begins anew; calls under way end with the old.</summary>
internal sealed class AnswerStores(TimeProvider time) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private KeptAnswers? _current;

    public KeptAnswers For(CacheSettings settings)
    {
        lock (_lock)
        {
            if (_current is { } current && current.Settings == settings) return current;
            _ = _current?.Store.DisposeAsync().AsTask();
            IAnswerStore store = settings.Redis is { } redis ? new RedisAnswerStore(redis, time) : new MemoryAnswerStore(settings, time);
            return _current = new KeptAnswers(settings, store, new VectorIndex(settings.MemoryBytes));
        }
    }

    public ValueTask DisposeAsync() => _current is { } current ? current.Store.DisposeAsync() : ValueTask.CompletedTask;
}

/// <summary>What is kept under one configuration.</summary>
/// <param name="Settings">The configuration.</param>
/// <param name="Store">The answers.</param>
/// <param name="Vectors">Their questions, where alike ones get them too.</param>
internal sealed record KeptAnswers(CacheSettings Settings, IAnswerStore Store, VectorIndex Vectors)
{
    public Task FlushAsync()
    {
        Vectors.Clear();
        return Store.FlushAsync();
    }
}
