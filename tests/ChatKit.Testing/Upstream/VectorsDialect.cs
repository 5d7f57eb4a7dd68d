using System.Text.Json;

namespace ChatKit.Testing.Upstream;

/// <summary>
/// Jina (https://jina.ai/embeddings#apiform, https://jina.ai/reranker#apiform) or Voyage (https://docs.voyageai.com/reference/embeddings-api,
/// https://docs.voyageai.com/reference/reranker-api): embeddings nearly as OpenAI has them, rerankers of their own.
/// </summary>
public sealed class VectorsDialect(bool isVoyage) : UpstreamDialect
{
    private static readonly string[] JinaEmbeddings = ["model", "input", "task", "dimensions", "embedding_type", "late_chunking", "truncate", "normalized"];
    private static readonly string[] JinaRerank = ["model", "query", "documents", "top_n", "return_documents"];
    private static readonly string[] VoyageEmbeddings = ["input", "model", "input_type", "truncation", "output_dimension", "output_dtype", "encoding_format"];
    private static readonly string[] VoyageRerank = ["query", "documents", "model", "top_k", "return_documents", "truncation"];

    public override string BasePath => "/v1";

    public override string ApiKey => "fake-vectors-key-0123456789";

    public override Reply DefaultReply => (request, http) => Replies.Json(request.Path == "/v1/embeddings" ? Embeddings(request.Json) : Ranking(request.Json))(request, http);

    public override Reply? Refuse(ReceivedRequest request)
    {
        if (request.Path is not ("/v1/embeddings" or "/v1/rerank")) return Error(404, "Not Found");
        if (request.Headers.GetValueOrDefault("Authorization") != $"Bearer {ApiKey}") return Error(401, "Provided API key is invalid.");
        var known = (request.Path, isVoyage) switch
        {
            ("/v1/embeddings", true) => VoyageEmbeddings,
            ("/v1/embeddings", false) => JinaEmbeddings,
            (_, true) => VoyageRerank,
            _ => JinaRerank,
        };
        var body = request.Json;
        if (body.EnumerateObject().FirstOrDefault(member => !known.Contains(member.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } unknown)
            return Error(422, $"Argument '{unknown.Name}' is not supported by our API");
        return body.TryGetProperty("encoding_format", out var format) && format.GetString() != "base64" ? Error(400, "encoding_format must be null or base64") : null;
    }

    private static Reply Error(int status, string detail) => Replies.Status(status, $$"""{"detail":"{{detail}}"}""");

    private static string Embeddings(JsonElement body)
    {
        var input = body.GetProperty("input");
        var count = input.ValueKind is JsonValueKind.Array ? input.GetArrayLength() : 1;
        var data = Enumerable.Range(0, count).Select(i => $$"""{"object":"embedding","embedding":[{{i}}.25,-0.0625],"index":{{i}}}""");
        return $$$"""{"object":"list","data":[{{{string.Join(',', data)}}}],"model":"upstream-model","usage":{"total_tokens":7}}""";
    }

    private string Ranking(JsonElement body)
    {
        var count = body.GetProperty("documents").GetArrayLength();
        var top = body.TryGetProperty(isVoyage ? "top_k" : "top_n", out var asked) ? asked.GetInt32() : count;
        var results = string.Join(',', Enumerable.Range(0, count).Reverse().Take(top).Select(i => $$"""{"relevance_score":0.{{i}}5,"index":{{i}}}"""));
        return isVoyage
            ? $$$"""{"object":"list","data":[{{{results}}}],"model":"upstream-model","usage":{"total_tokens":26}}"""
            : $$$"""{"model":"upstream-model","usage":{"total_tokens":26},"results":[{{{results}}}]}""";
    }
}
