using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers.Rerank;

namespace ChatKit.Gateway.Providers.Cohere;

/// <summary>What Cohere can be asked in its own words.</summary>
internal static class CohereOperations
{
    public static Dictionary<Operation, IProvider> Of(TimeProvider time) => new()
    {
        [Operation.Chat] = new CohereProvider(time),
        [Operation.Embeddings] = new CohereEmbeddings(),
        [Operation.Rerank] = new RerankProvider(RerankWords.Cohere),
    };
}
