namespace ChatKit.Gateway.Model;

/// <summary>Why an attempt was made.</summary>
internal enum AttemptKind
{
    /// <summary>The first of its call.</summary>
    First,

    /// <summary>Another try at the group that was asked for, after one that failed.</summary>
    Retry,

    /// <summary>A try at another group.</summary>
    Fallback,

    /// <summary>Beside one that had not begun to answer in its usual time.</summary>
    Hedge,

    /// <summary>The rest of an answer that broke off in its middle.</summary>
    Continuation,

    /// <summary>A health check: nobody waits for its answer, and routing learns nothing from it.</summary>
    Probe,

    /// <summary>None: the answer came out of the cache, and nobody was called.</summary>
    CacheHit,
}
