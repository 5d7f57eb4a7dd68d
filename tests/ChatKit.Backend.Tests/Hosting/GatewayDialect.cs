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

    public override Reply? Refuse(ReceivedRequest request)
    {
        if (request.Path != "/v1/models")
            return _chat.Refuse(request);
        var rows = models.Select(id => $$"""{"id":{{JsonSerializer.Serialize(id)}},"object":"model","created":1760000000,"owned_by":"openai"}""");
        return request.Headers.GetValueOrDefault("Authorization") == $"Bearer {Key}"
            ? Replies.Json($$"""{"object":"list","data":[{{string.Join(',', rows)}}]}""")
            : OpenAiReplies.Error(401, "Incorrect API key provided.", "invalid_request_error");
    }
}
