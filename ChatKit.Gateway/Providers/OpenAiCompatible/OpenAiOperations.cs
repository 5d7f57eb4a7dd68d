using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers.Embeddings;
using ChatKit.Gateway.Providers.Responses;

namespace ChatKit.Gateway.Providers.OpenAiCompatible;

/// <summary>The dialects of a provider that speaks OpenAI's API: chat, and whatever else its row says that it serves.</summary>
internal static class OpenAiOperations
{
    public static Dictionary<Operation, IProvider> Of(ProviderRow row)
    {
        var dialects = new Dictionary<Operation, IProvider> { [Operation.Chat] = Chat(row.Quirks) };
        foreach (var operation in row.Serves)
        {
            dialects[operation] = Of(row, operation);
        }

        return dialects;
    }

    private static IProvider Chat(RequestQuirks quirks)
    {
        var chat = new OpenAiCompatibleProvider(quirks);
        return quirks.ReasonsInContent ? new RewrittenAnswers(chat, static () => new ContentChunks()) : chat;
    }

    /// <summary>One operation besides chat.</summary>
    public static IProvider Of(ProviderRow row, Operation operation)
    {
        if (operation == Operation.Embeddings) return new EmbeddingsProvider(row.Embeddings);
        if (operation == Operation.Responses) return new ResponsesProvider();
        var json = new OperationProvider(operation, row.Quirks);
        return operation.Body is RequestBody.Json ? json : new FormProvider(operation, json);
    }
}
