using System.Text.Json;

namespace ChatKit.Testing.Upstream;

/// <summary>
/// Anthropic's Messages API (https://platform.claude.com/docs/en/api/messages/create): the path, the key, the version header, and, by
/// <see cref="AnthropicRequestRules"/>, the body.
/// </summary>
public sealed class AnthropicDialect : UpstreamDialect
{
    /// <summary>The key that the fake provider knows.</summary>
    public const string Key = "sk-ant-api03-fake-provider-key-0123456789";

    /// <summary>https://platform.claude.com/docs/en/api/migration-2026-10-21: refuses sampling parameters.</summary>
    private const string NextVersion = "2026-10-21";

    private const string CountPath = "/v1/messages/count_tokens";

    /// <summary>What the provider says to a conversation that it will not hold; its SDK goes on without.</summary>
    private static Reply NoThreads => Replies.Status(
        400,
        """{"type":"error","error":{"type":"invalid_request_error","message":"thread: not available","details":{"error_code":"thread_unsupported_request","unsupported":["thread"]}}}""");

    public override string BasePath => "";

    public override string ApiKey => Key;

    public override Reply DefaultReply => AnthropicReplies.Usual("Hello from the fake upstream.");

    public override Reply? Refuse(ReceivedRequest request)
    {
        if (request.Path is not ("/v1/messages" or CountPath)) return AnthropicReplies.Error(404, "Not Found", "not_found_error");
        if (request.Method != "POST") return AnthropicReplies.Error(405, "Method Not Allowed", "invalid_request_error");
        if (RefuseHeaders(request) is { } refusal) return refusal;
        try
        {
            using var body = JsonDocument.Parse(request.Body);
            if (body.RootElement.ValueKind is JsonValueKind.Object && body.RootElement.TryGetProperty("thread", out var thread) && thread.ValueKind is JsonValueKind.Object)
                return NoThreads;
            return Refuse(request, body.RootElement) is { } message ? AnthropicReplies.Error(400, message, "invalid_request_error") : null;
        }
        catch (JsonException notJson)
        {
            return AnthropicReplies.Error(400, $"The request body is not valid JSON: {notJson.Message}", "invalid_request_error");
        }
    }

    private static string? Refuse(ReceivedRequest request, JsonElement body)
    {
        if (request.Path == CountPath) return AnthropicRequestRules.RefuseCount(body);
        foreach (var name in (string[])["temperature", "top_p", "top_k"])
            if (request.Headers.GetValueOrDefault("anthropic-version") == NextVersion && body.ValueKind is JsonValueKind.Object && body.TryGetProperty(name, out _))
                return $"{name}: not supported in API version {NextVersion}";
        return AnthropicRequestRules.Refuse(body);
    }

    private Reply? RefuseHeaders(ReceivedRequest request) =>
        (request.Headers.GetValueOrDefault("x-api-key"), request.Headers.GetValueOrDefault("anthropic-version"), request.Headers.GetValueOrDefault("Content-Type")) switch
        {
            (null, _, _) => AnthropicReplies.Error(401, "x-api-key header is required", "authentication_error"),
            (var key, _, _) when key != ApiKey => AnthropicReplies.Error(401, "invalid x-api-key", "authentication_error"),
            (_, null, _) => AnthropicReplies.Error(400, "anthropic-version: header is required", "invalid_request_error"),
            (_, not ("2023-06-01" or NextVersion), _) => AnthropicReplies.Error(400, "anthropic-version: not a valid version", "invalid_request_error"),
            (_, _, var type) when type?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) is not true =>
                AnthropicReplies.Error(400, "content-type: must be application/json", "invalid_request_error"),
            _ => null,
        };
}
