using System.Collections.Frozen;

namespace ChatKit.Gateway.Model;

/// <summary><c>litellm_settings.cache_params</c>: where answers are kept, how long, and whose they are.</summary>
internal sealed record CacheSettings
{
    /// <summary>Where the answers are; null for this process's memory.</summary>
    public RedisSettings? Redis { get; init; }

    /// <summary>Stands before every key, so that two gateways on one Redis keep apart, or together.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>How long an answer is kept where its call does not say.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromSeconds(600);

    /// <summary>What is kept; by name, since two operations of one API answer the same.</summary>
    public FrozenSet<string> Operations { get; init; } = Cacheable;

    /// <summary>False for <c>mode: default_off</c>: only calls that say <c>use-cache</c> take part.</summary>
    public bool OnByDefault { get; init; } = true;

    /// <summary>True where one key's answers serve all others too.</summary>
    public bool IsShared { get; init; }

    /// <summary>The memory that answers may take in this process.</summary>
    public long MemoryBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>The number of answers in this process's memory.</summary>
    public int MaxEntries { get; init; } = 10_000;

    /// <summary>The longest answer that is kept, and the longest file whose transcript is.</summary>
    public int MaxEntryBytes { get; init; } = 1024 * 1024;

    /// <summary>Null where only the same question gets the same answer.</summary>
    public SemanticSettings? Semantic { get; init; }

    /// <summary>The operations whose answers are worth keeping: those that change nothing anywhere.</summary>
    public static FrozenSet<string> Cacheable { get; } = FrozenSet.Create(
        StringComparer.Ordinal,
        Operation.Chat.Name, Operation.Messages.Name, Operation.Responses.Name, Operation.GenerateContent.Name, Operation.Completions.Name,
        Operation.Embeddings.Name, Operation.Rerank.Name, Operation.Transcriptions.Name);
}

/// <summary>When a question is alike enough to one that was answered.</summary>
/// <param name="Threshold">The least cosine of the two questions' vectors, 0 to 1.</param>
/// <param name="EmbeddingModel">The model group that turns questions into vectors.</param>
/// <param name="Patience">How long that may take before the call goes on without.</param>
internal sealed record SemanticSettings(double Threshold, string EmbeddingModel, TimeSpan Patience);
