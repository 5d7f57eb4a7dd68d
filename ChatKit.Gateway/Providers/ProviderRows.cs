using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers.OpenAiCompatible;

namespace ChatKit.Gateway.Providers;

/// <summary>Every provider that the gateway can speak to: the OpenAI-compatible family and, a line each, those with a wire of their own.</summary>
internal static class ProviderRows
{
    public static IReadOnlyList<ProviderRow> All { get; } =
    [
        .. from row in (IEnumerable<ProviderRow>)[.. OpenAiCompatibleRows.All, Anthropic, Gemini, Cohere("cohere"), Cohere("cohere_chat"), Jina, Voyage, Bedrock("bedrock"), Bedrock("bedrock_converse"), Vertex("vertex_ai"), Vertex("vertex_ai_beta")]
           select row with { Models = KnownModels.Of(row.Name), NamePatterns = KnownModels.PatternsOf(row.Name), PassThrough = PassThroughRows.Of(row.Name) },
    ];

    private static ProviderRow Anthropic => new("anthropic", "https://api.anthropic.com/v1", "ANTHROPIC_API_KEY")
    {
        Dialect = ProviderDialect.Anthropic,
        OtherBaseVariables = ["ANTHROPIC_BASE_URL"],
        KeyHeader = KeyHeader.XApiKey,
        BaseSuffix = "/v1",
        Quirks = RequestQuirks.None,
    };

    private static ProviderRow Gemini => new("gemini", "https://generativelanguage.googleapis.com/v1beta", "GEMINI_API_KEY", "GOOGLE_API_KEY")
    {
        Dialect = ProviderDialect.Gemini,
        Serves = [Operation.Embeddings, Operation.ImagesGeneration],
        KeyHeader = KeyHeader.XGoogApiKey,
        BaseSuffix = "/v1beta",
        Quirks = RequestQuirks.None,
    };

    private static ProviderRow Cohere(string name) => new(name, "https://api.cohere.com/v2", "COHERE_API_KEY", "CO_API_KEY")
    {
        Dialect = ProviderDialect.Cohere,
        OtherBaseVariables = name is "cohere" ? [] : ["COHERE_API_BASE"],
        BaseSuffix = "/v2",
        Quirks = RequestQuirks.None,
        Serves = [Operation.Embeddings, Operation.Rerank],
    };

    /// <summary>https://jina.ai/embeddings#apiform: OpenAI's shape, with a closed set of members and a word of its own for the form of vectors.</summary>
    private static ProviderRow Jina => new("jina_ai", "https://api.jina.ai/v1", "JINA_AI_API_KEY", "JINA_API_KEY")
    {
        Dialect = ProviderDialect.Vectors,
        Serves = [Operation.Embeddings, Operation.Rerank],
        BaseSuffix = "/v1",
        Quirks = RequestQuirks.None,
        Embeddings = EmbeddingAbilities.Compatible with { Quirks = new() { Drops = ["user"] } },
        Rerank = RerankWords.Jina,
    };

    /// <summary>https://docs.voyageai.com/reference/embeddings-api</summary>
    private static ProviderRow Voyage => new("voyage", "https://api.voyageai.com/v1", "VOYAGE_API_KEY")
    {
        Dialect = ProviderDialect.Vectors,
        Serves = [Operation.Embeddings, Operation.Rerank],
        BaseSuffix = "/v1",
        Quirks = RequestQuirks.None,
        Embeddings = EmbeddingAbilities.Compatible with { Quirks = new() { Renames = [new("dimensions", "output_dimension")], Drops = ["user"] } },
        Rerank = RerankWords.Voyage,
    };

    private static ProviderRow Bedrock(string name) => new(name, null, "AWS_BEARER_TOKEN_BEDROCK")
    {
        Dialect = ProviderDialect.Bedrock,
        OtherBaseVariables = ["AWS_BEDROCK_RUNTIME_ENDPOINT"],
        AccountVariables = ["AWS_ACCESS_KEY_ID", "AWS_PROFILE"],
        Quirks = RequestQuirks.None,
    };

    private static ProviderRow Vertex(string name) => new(name, "https://aiplatform.googleapis.com", "GOOGLE_VERTEX_API_KEY")
    {
        Dialect = ProviderDialect.Vertex,
        AccountVariables = ["VERTEXAI_PROJECT"],
        KeyHeader = KeyHeader.XGoogApiKey,
        Quirks = RequestQuirks.None,
    };
}
