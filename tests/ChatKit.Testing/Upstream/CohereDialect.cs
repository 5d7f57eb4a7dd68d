using System.Text.Json;

namespace ChatKit.Testing.Upstream;

/// <summary>Cohere's second version: chat, embed, rerank (https://docs.cohere.com/reference), and what it refuses by <see cref="CohereRequestRules"/>.</summary>
public sealed class CohereDialect : UpstreamDialect
{
    /// <summary>The key that the fake provider knows.</summary>
    public const string Key = "co-fake-provider-key-0123456789";

    public override string BasePath => "/v2";

    public override string ApiKey => Key;

    public override Reply DefaultReply { get; } = (request, http) => (request.Path switch
    {
        "/v2/embed" => CohereReplies.Embeddings,
        "/v2/rerank" => CohereReplies.Ranking,
        _ => CohereReplies.Text("Hello from the fake upstream."),
    })(request, http);

    public override Reply? Refuse(ReceivedRequest request)
    {
        if (request.Path is not ("/v2/chat" or "/v2/embed" or "/v2/rerank")) return CohereReplies.Error(404, "404 page not found");
        if (request.Headers.GetValueOrDefault("Authorization") != $"Bearer {ApiKey}") return CohereReplies.Error(401, "invalid api token");
        try
        {
            var body = request.Json;
            var problem = request.Path switch
            {
                "/v2/chat" => CohereRequestRules.Chat(body),
                "/v2/embed" => CohereRequestRules.Embed(body),
                _ => CohereRequestRules.Rerank(body),
            };
            return problem is null ? null : CohereReplies.Error(400, problem);
        }
        catch (JsonException)
        {
            return CohereReplies.Error(400, "invalid request: failed to parse the JSON body");
        }
    }
}
