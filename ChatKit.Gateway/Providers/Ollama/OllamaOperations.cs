using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers.OpenAiCompatible;

namespace ChatKit.Gateway.Providers.Ollama;

/// <summary>What Ollama can be asked: OpenAI's operations, two of which have a twin in its own API.</summary>
internal static class OllamaOperations
{
    public static Dictionary<Operation, IProvider> Of(ProviderRow row, TimeProvider time)
    {
        var openAi = OpenAiOperations.Of(row);
        return new(openAi)
        {
            [Operation.Chat] = new OllamaProvider(openAi[Operation.Chat], time),
            [Operation.Embeddings] = new OllamaEmbeddings(openAi[Operation.Embeddings]),
        };
    }
}
