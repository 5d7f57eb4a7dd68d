using System.Text.Json;

namespace ChatKit.Testing.Upstream;

/// <summary>
/// OpenAI chat completions (https://platform.openai.com/docs/api-reference/chat): the paths, the key, and, by <see cref="OpenAiRequestRules"/>, the body.
/// </summary>
public sealed class OpenAiDialect : UpstreamDialect
{
    /// <summary>The key that the fake provider knows.</summary>
    public const string Key = "sk-fake-provider-key-0123456789";

    public override string BasePath => "/v1";

    public override string ApiKey => Key;

    public override Reply DefaultReply => OpenAiReplies.Text("Hello from the fake upstream.");

    /// <summary>The provider refuses members that it does not know, as the real one does; a test of pass-through turns that off.</summary>
    public bool RefusesUnknownMembers { get; init; } = true;

    /// <summary>Where the key stands: <c>Authorization</c> with <c>Bearer</c>, or a bare header such as Azure's <c>api-key</c>.</summary>
    public string KeyHeader { get; init; } = "Authorization";

    /// <summary>The path that answers chat completions.</summary>
    public string ChatPath { get; init; } = "/v1/chat/completions";

    public override Reply? Refuse(ReceivedRequest request)
    {
        if (request.Path != ChatPath)
            return OpenAiReplies.Error(404, $"Invalid URL ({request.Method} {request.Path})", "invalid_request_error");
        if (request.Method != "POST")
            return OpenAiReplies.Error(405, $"Not allowed to {request.Method} on {request.Path}.", "invalid_request_error", code: "method_not_supported");
        if (RefuseKey(request) is { } noKey) return noKey;
        if (request.Headers.GetValueOrDefault("Content-Type")?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) is not true)
            return OpenAiReplies.Error(415, "Invalid Content-Type header; expected application/json.", "invalid_request_error");
        try
        {
            using var body = JsonDocument.Parse(request.Body);
            return new OpenAiRequestRules(RefusesUnknownMembers).Refuse(body.RootElement);
        }
        catch (JsonException)
        {
            return OpenAiReplies.Error(400, "We could not parse the JSON body of your request.", "invalid_request_error");
        }
    }

    private Reply? RefuseKey(ReceivedRequest request)
    {
        var expected = KeyHeader == "Authorization" ? $"Bearer {ApiKey}" : ApiKey;
        return request.Headers.GetValueOrDefault(KeyHeader) switch
        {
            null => OpenAiReplies.Error(401, "You didn't provide an API key.", "invalid_request_error"),
            var given when given != expected => OpenAiReplies.Error(401, "Incorrect API key provided.", "invalid_request_error", code: "invalid_api_key"),
            _ => null,
        };
    }
}
