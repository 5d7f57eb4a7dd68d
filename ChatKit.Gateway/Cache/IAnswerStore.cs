namespace ChatKit.Gateway.Cache;

/// <summary>Where answers are. None of its steps fails a call: what is out of reach is absent.</summary>
internal interface IAnswerStore : IAsyncDisposable
{
    /// <summary>As LiteLLM names it.</summary>
    string Type { get; }

    /// <summary>Null where there is none, or it cannot be had at once.</summary>
    ValueTask<CachedAnswer?> FindAsync(string key);

    /// <summary>Keeps the answer, sooner or later; nobody waits for it.</summary>
    void Keep(string key, CachedAnswer answer, TimeSpan lifetime);

    /// <summary>The vectors of a scope that came since the last look; none where the store is this process's own.</summary>
    ValueTask<IReadOnlyList<KeptVector>> VectorsAsync(string scope, long since) => ValueTask.FromResult<IReadOnlyList<KeptVector>>([]);

    /// <summary>Lets the other replicas know a question's vector.</summary>
    void KeepVector(string scope, KeptVector vector, TimeSpan lifetime) { }

    /// <summary>For administrators, who are told when it does not work.</summary>
    Task PingAsync();

    Task DeleteAsync(IReadOnlyList<string> keys);

    Task FlushAsync();
}

/// <summary>A question's vector, the key of its answer, and when it came, in milliseconds since 1970.</summary>
internal sealed record KeptVector(string Key, float[] Vector, long At);
