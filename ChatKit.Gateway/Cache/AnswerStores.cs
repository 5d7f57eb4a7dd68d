using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Cache;

/// <summary>The store of the current configuration. A reload that changes the cache's settings begins a new one; calls under way end with the old.</summary>
internal sealed class AnswerStores(TimeProvider time) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private (CacheSettings Settings, IAnswerStore Store)? _current;

    public IAnswerStore For(CacheSettings settings)
    {
        lock (_lock)
        {
            if (_current is { } current && ReferenceEquals(current.Settings, settings)) return current.Store;
            if (_current is { } known && known.Settings == settings)
            {
                _current = (settings, known.Store);
                return known.Store;
            }

            _ = _current?.Store.DisposeAsync().AsTask();
            IAnswerStore store = settings.Redis is { } redis ? new RedisAnswerStore(redis, time) : new MemoryAnswerStore(settings, time);
            _current = (settings, store);
            return store;
        }
    }

    public ValueTask DisposeAsync() => _current is { } current ? current.Store.DisposeAsync() : ValueTask.CompletedTask;
}
