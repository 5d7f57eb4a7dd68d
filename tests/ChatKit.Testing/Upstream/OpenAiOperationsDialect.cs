using System.Text.Json;

namespace ChatKit.Testing.Upstream;

/// <summary>
/// OpenAI's API besides chat: completions, embeddings, moderations, images, audio (https://platform.openai.com/docs/api-reference). What the body of each may
/// hold is in <see cref="OpenAiOperationRules"/>.
/// </summary>
public sealed class OpenAiOperationsDialect : UpstreamDialect
{
    public override string BasePath => "/v1";

    public override string ApiKey => OpenAiDialect.Key;

    public override Reply DefaultReply => OpenAiOperationReplies.Of;

    /// <summary>What some compatible servers serve beside it (vLLM: <c>/v1/rerank</c>).</summary>
    public bool ServesRerank { get; init; }

    public override Reply? Refuse(ReceivedRequest request)
    {
        if (OpenAiOperationRules.Of(request.Path) is not { } rules || (request.Path.EndsWith("/rerank", StringComparison.Ordinal) && !ServesRerank))
            return OpenAiReplies.Error(404, $"Invalid URL ({request.Method} {request.Path})", "invalid_request_error");
        if (request.Method != "POST")
            return OpenAiReplies.Error(405, $"Not allowed to {request.Method} on {request.Path}.", "invalid_request_error", code: "method_not_supported");
        if (request.Headers.GetValueOrDefault("Authorization") != $"Bearer {ApiKey}")
            return OpenAiReplies.Error(401, "Incorrect API key provided.", "invalid_request_error", code: "invalid_api_key");
        // Of what was too long to keep there is nothing to look at.
        if (request.Body.Length < request.BodyLength) return null;
        var type = request.Headers.GetValueOrDefault("Content-Type") ?? "";
        if (type.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase)) return rules.RefuseForm(request);
        if (!type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase))
            return OpenAiReplies.Error(415, "Invalid Content-Type header.", "invalid_request_error");
        try
        {
            return rules.RefuseJson(request.Json);
        }
        catch (JsonException)
        {
            return OpenAiReplies.Error(400, "We could not parse the JSON body of your request.", "invalid_request_error");
        }
    }
}
