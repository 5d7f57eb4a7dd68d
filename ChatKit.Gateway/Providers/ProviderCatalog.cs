using System.Collections.Frozen;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers.Anthropic;
using ChatKit.Gateway.Providers.Bedrock;
using ChatKit.Gateway.Providers.Gemini;
using ChatKit.Gateway.Providers.GenerateContent;
using ChatKit.Gateway.Providers.Messages;
using ChatKit.Gateway.Providers.Cohere;
using ChatKit.Gateway.Providers.Embeddings;
using ChatKit.Gateway.Providers.Mock;
using ChatKit.Gateway.Providers.Ollama;
using ChatKit.Gateway.Providers.OpenAiCompatible;
using ChatKit.Gateway.Providers.OverChat;
using ChatKit.Gateway.Providers.OverChat.Completions;
using ChatKit.Gateway.Providers.OverChat.GenerateContent;
using ChatKit.Gateway.Providers.OverChat.Messages;
using ChatKit.Gateway.Providers.OverChat.Responses;
using ChatKit.Gateway.Providers.Reasoning;
using ChatKit.Gateway.Providers.Rerank;
using ChatKit.Gateway.Providers.Responses;
using ChatKit.Gateway.Providers.VertexClaude;

namespace ChatKit.Gateway.Providers;

/// <summary>
/// How each deployment is spoken to: for every operation that its provider can serve, the dialect, and the other end of the line. What a provider does not
/// speak by itself is translated into its chat.
/// </summary>
internal sealed class ProviderCatalog
{
    /// <summary>The operations that any chat can serve, and how.</summary>
    private readonly IReadOnlyList<(Operation Operation, IChatTranslation Translation)> _overChat;

    private readonly EstimatedTokens _estimate;

    /// <summary>How tokens are counted for models whose provider cannot.</summary>
    private readonly ProviderRoute _countedHere;

    private readonly FrozenDictionary<string, FrozenDictionary<Operation, ProviderRoute>> _routes;
    private readonly FrozenDictionary<Operation, ProviderRoute> _mock;

    public ProviderCatalog(UpstreamClient client, MockUpstream mock, TimeProvider time)
    {
        _estimate = new EstimatedTokens(time);
        _overChat =
        [
            (Operation.Messages, new MessagesOverChat()),
            (Operation.Responses, new ResponsesOverChat(time)),
            (Operation.Completions, new CompletionsTranslation()),
            (Operation.GenerateContent, new GenerateContentOverChat()),
            (Operation.StreamGenerateContent, new GenerateContentOverChat()),
        ];
        _countedHere = new ProviderRoute(new CountContentProvider(GeminiHost.Vertex), new CountedHere(time));
        _mock = Routes(new() { [Operation.Chat] = new OpenAiCompatibleProvider(RequestQuirks.None) }, ChatExtensions.None, mock);
        _routes = ProviderRows.All.ToFrozenDictionary(row => row.Name, row => Routes(WithServed(row, Own(row)), Extensions(row), client));

        Dictionary<Operation, IProvider> Own(ProviderRow row) => row.Dialect switch
        {
            ProviderDialect.Anthropic => new()
            {
                [Operation.Chat] = new AnthropicProvider(time),
                [Operation.Messages] = new MessagesProvider(),
                [Operation.CountTokens] = new CountTokensProvider(),
            },
            ProviderDialect.Bedrock => BedrockOperations.Of(time),
            ProviderDialect.Gemini => GeminiOperations.Of(time),
            ProviderDialect.Vertex => VertexOperations.Of(time),
            ProviderDialect.Cohere => CohereOperations.Of(time),
            ProviderDialect.Ollama => OllamaOperations.Of(row, time),
            ProviderDialect.Vectors => new() { [Operation.Embeddings] = new EmbeddingsProvider(row.Embeddings), [Operation.Rerank] = new RerankProvider(row.Rerank!) },
            _ => OpenAiOperations.Of(row),
        };
    }

    /// <summary>What Google serves in OpenAI's shape beside its own.</summary>
    private static Dictionary<Operation, IProvider> WithServed(ProviderRow row, Dictionary<Operation, IProvider> own)
    {
        if (row.Dialect is not ProviderDialect.Gemini) return own;
        foreach (var operation in row.Serves) own.TryAdd(operation, new GoogleOpenAiEndpoint(OpenAiOperations.Of(row, operation)));
        return own;
    }

    /// <summary>
    /// How to serve the operation there; null where the provider cannot. A deployment with a <c>mock_response</c> speaks OpenAI's dialect, whoever it stands in
    /// for. So does, for want of its own, one of a provider that is not implemented: no call to it is ever sent.
    /// </summary>
    public ProviderRoute? For(Deployment deployment, Operation operation)
    {
        var routes = deployment.MockResponse is null && _routes.TryGetValue(deployment.Provider, out var known) ? known : _mock;
        if (!routes.TryGetValue(operation, out var route)) return null;
        return deployment.Parameters.MergesReasoning && operation == Operation.Chat ? route with { Dialect = new RewrittenAnswers(route.Dialect, static () => new ReasoningMerge()) } : route;
    }

    /// <summary>The error of a call that means a deployment which cannot serve it.</summary>
    public static GatewayError Cannot(Deployment deployment, Operation operation) =>
        new(400, "invalid_request_error", $"{deployment.Provider} does not serve {operation.Name}. Choose another model.", "model") { Origin = ErrorOrigin.Configuration };

    /// <summary>What a provider's own chat class translates is all of it; what goes on in OpenAI's words has what the row says.</summary>
    private static ChatExtensions Extensions(ProviderRow row) => row.Dialect is ProviderDialect.OpenAi or ProviderDialect.Ollama ? row.Quirks.Extensions : ChatExtensions.All;

    private FrozenDictionary<Operation, ProviderRoute> Routes(Dictionary<Operation, IProvider> dialects, ChatExtensions extensions, IUpstream upstream)
    {
        if (dialects.TryGetValue(Operation.Chat, out var chat))
        {
            foreach (var (operation, translation) in _overChat)
            {
                var overChat = new OverChatProvider(chat, translation, extensions);
                if (dialects.TryGetValue(operation, out var own) && own is ResponsesProvider responses) dialects[operation] = responses.Or(overChat);
                else dialects.TryAdd(operation, overChat);
            }
        }

        var routes = dialects.ToDictionary(entry => entry.Key, entry => new ProviderRoute(entry.Value, upstream));
        if (routes.ContainsKey(Operation.Messages)) routes.TryAdd(Operation.CountTokens, new ProviderRoute(_estimate, _estimate));
        if (chat is not null) routes.TryAdd(Operation.CountContentTokens, _countedHere);
        return routes.ToFrozenDictionary();
    }
}

/// <summary>The dialect of a deployment for one operation, and what answers it.</summary>
internal sealed record ProviderRoute(IProvider Dialect, IUpstream Upstream);
