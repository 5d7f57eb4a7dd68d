using ChatKit.Gateway.Cache;

namespace ChatKit.Gateway.Pipeline.Caching;

/// <summary>A call's dealings with the cache: its key, what it wishes, and what it takes down of its answer.</summary>
internal sealed class CacheVisit(string key, KeptAnswers answers, CacheWishes wishes) : IDisposable
{
    /// <summary>With the namespace; what <c>/cache/delete</c> takes and <c>x-litellm-cache-key</c> says.</summary>
    public string Key => key;

    public KeptAnswers Answers => answers;

    public CacheWishes Wishes => wishes;

    /// <summary>True where the answer came from the cache, and nobody was called.</summary>
    public bool IsHit { get; set; }

    /// <summary>The answer on its way to the client; null where it is not to be kept.</summary>
    public AnswerTape? Tape { get; set; }

    /// <summary>The question's scope and vector, where alike questions count and it could be had.</summary>
    public (string Scope, float[] Vector)? Likeness { get; set; }

    /// <summary>How alike the answered question was; null where it was the same.</summary>
    public double? Similarity { get; set; }

    public void Dispose() => Tape?.Dispose();
}
