using System.Text.Json;
using System.Text.RegularExpressions;

namespace ChatKit.Testing.Upstream;

/// <summary>
/// Gemini's API on AI Studio (https://ai.google.dev/api): the path with the model and the method in it, the key, and, by <see cref="GeminiRequestRules"/>, the
/// body. <see cref="VertexDialect"/> is the same on Google Cloud.
/// </summary>
public partial class GeminiDialect : UpstreamDialect
{
    /// <summary>The key that the fake provider knows.</summary>
    public const string Key = "AIzaSyFakeGeminiKey0123456789abcdefghij";

    public override string BasePath => "/v1beta";

    public override string ApiKey => Key;

    public override Reply DefaultReply => GeminiReplies.Text("Hello from the fake upstream.");

    public override Reply? Refuse(ReceivedRequest request)
    {
        if (Path().Match(request.Path) is not { Success: true } path) return NotFound;
        if (request.Method != "POST") return GeminiReplies.Error(404, "Not Found", "NOT_FOUND");
        return RefuseCredential(request) ?? RefuseBody(request, path.Groups["model"].Value, path.Groups["method"].Value);
    }

    /// <summary>What lies before the model in a path.</summary>
    private protected virtual Regex Path() => StudioPath();

    private protected virtual Reply? RefuseCredential(ReceivedRequest request) => request.Headers.GetValueOrDefault("x-goog-api-key") switch
    {
        null => GeminiReplies.Error(403, "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API consumer identity to call this API.", "PERMISSION_DENIED"),
        Key => null,
        _ => GeminiReplies.Error(400, "API key not valid. Please pass a valid API key.", "INVALID_ARGUMENT", """[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"API_KEY_INVALID","domain":"googleapis.com"}]"""),
    };

    private protected virtual bool IsVertex => false;

    private static Reply NotFound => Replies.Status(404, "<!DOCTYPE html><html><title>Error 404 (Not Found)!!1</title></html>", "text/html");

    private Reply? RefuseBody(ReceivedRequest request, string model, string method)
    {
        if (method is "streamGenerateContent" && request.Query != "?alt=sse") return GeminiReplies.Error(400, "The fake streams as server-sent events only.", "INVALID_ARGUMENT");
        try
        {
            using var body = JsonDocument.Parse(request.Body);
            var message = method is "countTokens" ? GeminiShapes.Unknown(body.RootElement, IsVertex ? "GenerateContentRequest" : "CountTokensRequest", IsVertex) : new GeminiRequestRules(model, IsVertex).Refuse(body.RootElement);
            return message is null ? null : GeminiReplies.Error(400, message, "INVALID_ARGUMENT");
        }
        catch (JsonException notJson)
        {
            return GeminiReplies.Error(400, $"Invalid JSON payload received. {notJson.Message}", "INVALID_ARGUMENT");
        }
    }

    [GeneratedRegex("^/v1beta/models/(?<model>[^/:]+):(?<method>generateContent|streamGenerateContent|countTokens)$")]
    private static partial Regex StudioPath();
}
