using System.Text.Json;
using System.Text.RegularExpressions;

namespace ChatKit.Testing.Upstream;

/// <summary>
/// Claude on Vertex AI (https://docs.cloud.google.com/vertex-ai/generative-ai/docs/partner-models/claude/use-claude): model and method in the path, a bearer token, the
/// version in the body, and Anthropic's rules for the rest of it.
/// </summary>
public sealed partial class VertexClaudeDialect : UpstreamDialect
{
    public override string BasePath => "/v1/projects/fake/locations/global";

    /// <summary>The token that is let in.</summary>
    public override string ApiKey => VertexDialect.Token;

    public override Reply DefaultReply => Text("Hello from the fake upstream.");

    /// <summary>True where the path asks for a stream.</summary>
    public static bool IsStream(ReceivedRequest request) => request.Path.EndsWith("streamRawPredict", StringComparison.Ordinal);

    /// <summary>This text, plain or streamed as the path asks; the version of the model is Vertex's own spelling.</summary>
    public static Reply Text(string text, TimeSpan delay = default) => (request, http) => (IsStream(request)
        ? Replies.Sse(AnthropicReplies.Stream(text, "claude-sonnet-4-5@20250929"), delay: delay)
        : Replies.Json(AnthropicReplies.Message(text, "claude-sonnet-4-5@20250929")))(request, http);

    public override Reply? Refuse(ReceivedRequest request)
    {
        if (request.Headers.GetValueOrDefault("Authorization") != $"Bearer {ApiKey}")
            return GeminiReplies.Error(401, "Request had invalid authentication credentials.", "UNAUTHENTICATED");
        if (request.Method != "POST" || ModelPath().Match(request.Path) is not { Success: true } path)
            return GeminiReplies.Error(404, "Publisher Model was not found.", "NOT_FOUND");
        try
        {
            using var body = JsonDocument.Parse(request.Body);
            return RefuseBody(body.RootElement, path.Groups["model"].Value == "count-tokens", IsStream(request)) is { } message ? AnthropicReplies.Error(400, message, "invalid_request_error") : null;
        }
        catch (JsonException)
        {
            return AnthropicReplies.Error(400, "The request body is not valid JSON.", "invalid_request_error");
        }
    }

    private static string? RefuseBody(JsonElement body, bool isCount, bool isStream)
    {
        if (!body.TryGetProperty("anthropic_version", out var version) || !version.ValueEquals("vertex-2023-10-16")) return "anthropic_version: Field required";
        if (body.TryGetProperty("model", out _) != isCount) return isCount ? "model: Field required" : "model: Extra inputs are not permitted";
        if (isCount) return body.TryGetProperty("max_tokens", out _) ? "max_tokens: Extra inputs are not permitted" : null;
        if ((body.TryGetProperty("stream", out var stream) && stream.ValueKind is JsonValueKind.True) != isStream) return "stream: has to say what the method says";
        return AnthropicOnCloudRules.Refuse(body, "anthropic_version");
    }

    [GeneratedRegex("^/v1/projects/fake/locations/global/publishers/anthropic/models/(?<model>[^/:]+):(rawPredict|streamRawPredict)$")]
    private static partial Regex ModelPath();
}
