using System.Text.Json;
using ChatKit.Testing.Upstream;

namespace ChatKit.Backend.Tests.Hosting;

/// <summary>The gateway as the backend sees it: a strict OpenAI provider that also lists its models.</summary>
internal sealed class GatewayDialect(params string[] models) : UpstreamDialect
{
    public const string Key = OpenAiDialect.Key;

    private readonly OpenAiDialect _chat = new();

    public override string BasePath => _chat.BasePath;

    public override string ApiKey => Key;

    public override Reply DefaultReply => _chat.DefaultReply;

    /// <summary>What <c>/model_group/info</c> tells; nothing: it is not there.</summary>
    public IReadOnlyList<(string Name, int? MaxInput, string Mode)> Groups { get; init; } = [];

    public override Reply? Refuse(ReceivedRequest request)
    {
        if (request.Path == "/model_group/info" && Groups.Count > 0)
            return GroupInfo(request);
        if (request.Path == "/v1/embeddings" && Groups.Any(group => group.Mode == "embedding"))
            return WordVectors.Reply(request.Json);
        if (request.Path != "/v1/models")
            return _chat.Refuse(request);
        var rows = models.Select(id => $$"""{"id":{{JsonSerializer.Serialize(id)}},"object":"model","created":1760000000,"owned_by":"openai"}""");
        return request.Headers.GetValueOrDefault("Authorization") == $"Bearer {Key}"
            ? Replies.Json($$"""{"object":"list","data":[{{string.Join(',', rows)}}]}""")
            : OpenAiReplies.Error(401, "Incorrect API key provided.", "invalid_request_error");
    }

    private Reply GroupInfo(ReceivedRequest request)
    {
        var rows = Groups.Where(group => request.Query.Length == 0 || request.Query == $"?model_group={group.Name}").Select(group =>
            $$"""{"model_group":"{{group.Name}}","providers":["openai"],"max_input_tokens":{{(group.MaxInput is { } most ? $"{most}" : "null")}},"max_output_tokens":null,"mode":"{{group.Mode}}"}""");
        return request.Headers.GetValueOrDefault("Authorization") == $"Bearer {Key}"
            ? Replies.Json($$"""{"data":[{{string.Join(',', rows)}}]}""")
            : OpenAiReplies.Error(401, "Incorrect API key provided.", "invalid_request_error");
    }
}
