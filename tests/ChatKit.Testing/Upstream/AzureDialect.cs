using System.Text.Json;
using System.Text.RegularExpressions;

namespace ChatKit.Testing.Upstream;

/// <summary>
/// Azure OpenAI (https://learn.microsoft.com/azure/ai-services/openai/reference): a deployment in the path, an API version in the query, a key in its own header or a
/// token of Entra's; the body by <see cref="OpenAiRequestRules"/>.
/// </summary>
public sealed partial class AzureDialect : UpstreamDialect
{
    /// <summary>The key that the fake provider knows.</summary>
    public const string Key = "azure-fake-key-0123456789abcdef";

    /// <summary>The token that it knows.</summary>
    public const string Token = "entra-fake-token-0123456789";

    public override string BasePath => "";

    public override string ApiKey => Key;

    public override Reply DefaultReply => AzureReplies.Text("Hello from the fake upstream.");

    public override Reply? Refuse(ReceivedRequest request)
    {
        if (RefuseCaller(request)) return AzureReplies.Error(401, "Access denied due to invalid subscription key or wrong API endpoint.", "401");
        if (DeploymentPath().Match(request.Path) is not { Success: true } path) return AzureReplies.Error(404, "Resource not found", "404");
        if (!path.Groups["v1"].Success && !ApiVersion().IsMatch(request.Query)) return AzureReplies.Error(404, "Resource not found", "404");
        if (request.Method != "POST") return AzureReplies.Error(405, "Method Not Allowed", "405");
        try
        {
            using var body = JsonDocument.Parse(request.Body);
            return new OpenAiRequestRules(true).Refuse(body.RootElement);
        }
        catch (JsonException)
        {
            return AzureReplies.Error(400, "The data in the request body is not valid JSON.", "BadRequest");
        }
    }

    private static bool RefuseCaller(ReceivedRequest request) =>
        request.Headers.GetValueOrDefault("api-key") != Key && request.Headers.GetValueOrDefault("Authorization") != $"Bearer {Token}";

    [GeneratedRegex("^/openai/(deployments/[^/]+|(?<v1>v1))/chat/completions$")]
    private static partial Regex DeploymentPath();

    [GeneratedRegex(@"^\?api-version=20\d\d-\d\d-\d\d(-preview)?$")]
    private static partial Regex ApiVersion();
}
