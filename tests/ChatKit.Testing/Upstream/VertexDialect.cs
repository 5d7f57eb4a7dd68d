using System.Text.RegularExpressions;

namespace ChatKit.Testing.Upstream;

/// <summary>Gemini on Vertex AI (https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/inference): a project and a location in the path, a bearer token or a key.</summary>
public sealed partial class VertexDialect : GeminiDialect
{
    /// <summary>The token that is let in.</summary>
    public const string Token = "ya29.fake-vertex-token-0123456789";

    public override string BasePath => "/v1/projects/fake/locations/global";


    private protected override bool IsVertex => true;

    private protected override Regex Path() => VertexPath();

    private protected override Reply? RefuseCredential(ReceivedRequest request) =>
        request.Headers.GetValueOrDefault("Authorization") == $"Bearer {Token}" || request.Headers.GetValueOrDefault("x-goog-api-key") == Key ? null
        : GeminiReplies.Error(401, "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.", "UNAUTHENTICATED");

    [GeneratedRegex("^/v1/projects/fake/locations/global/publishers/google/models/(?<model>[^/:]+):(?<method>generateContent|streamGenerateContent|countTokens)$")]
    private static partial Regex VertexPath();
}
