namespace ChatKit.Gateway.Model;

/// <summary>How a reranker that is not OpenAI-compatible is spoken to, where it differs from Cohere's shape, which clients use.</summary>
/// <param name="Top">What it calls <c>top_n</c>.</param>
/// <param name="Results">What it calls <c>results</c>.</param>
/// <param name="LimitsDocuments">True where it knows <c>max_tokens_per_doc</c>.</param>
internal sealed record RerankWords(string Top, string Results, bool LimitsDocuments)
{
    /// <summary>https://docs.cohere.com/reference/rerank</summary>
    public static RerankWords Cohere { get; } = new("top_n", "results", LimitsDocuments: true);

    /// <summary>https://jina.ai/reranker#apiform</summary>
    public static RerankWords Jina { get; } = new("top_n", "results", LimitsDocuments: false);

    /// <summary>https://docs.voyageai.com/reference/reranker-api</summary>
    public static RerankWords Voyage { get; } = new("top_k", "data", LimitsDocuments: false);
}
