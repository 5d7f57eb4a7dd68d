using System.Text.Json;
using System.Text.RegularExpressions;

namespace ChatKit.Testing.Upstream;

/// <summary>
/// Amazon Bedrock's runtime (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_Operations_Amazon_Bedrock_Runtime.html): the path with the model in it, the
/// signature or the API key, and, by <see cref="BedrockRequestRules"/>, the body.
/// </summary>
public sealed partial class BedrockDialect : UpstreamDialect
{
    /// <summary>The Bedrock API key that the fake provider knows.</summary>
    public const string Key = "bedrock-api-key-fake-0123456789";

    public const string AccessKeyId = "AKIAFAKE000000000000";
    public const string SecretAccessKey = "fakeSecretAccessKey/0123456789+abcdefghij";
    public const string Region = "eu-west-1";

    private static readonly AwsSignature Signature = new(AccessKeyId, SecretAccessKey, Region, "bedrock");

    public override string BasePath => "";

    /// <summary>The secret that must not get out; the signature proves that it is known.</summary>
    public override string ApiKey => SecretAccessKey;

    public override Reply DefaultReply => BedrockReplies.Text("Hello from the fake upstream.");

    /// <summary>True for a request whose answer is a stream: the path says so.</summary>
    public static bool IsStream(ReceivedRequest request) => request.Path.EndsWith("stream", StringComparison.Ordinal);

    public override Reply? Refuse(ReceivedRequest request)
    {
        if (RefuseCaller(request) is { } message) return BedrockReplies.Error(403, message, "AccessDeniedException");
        if (ModelPath().Match(request.RawTarget) is not { Success: true } path) return BedrockReplies.Error(404, "Could not find the requested operation.", "UnknownOperationException");
        if (request.Method != "POST") return BedrockReplies.Error(405, "Method not allowed.", "UnknownOperationException");
        if (!ModelId().IsMatch(Uri.UnescapeDataString(path.Groups["model"].Value))) return BedrockReplies.Error(400, "The provided model identifier is invalid.", "ValidationException");
        try
        {
            using var body = JsonDocument.Parse(request.Body);
            var refusal = path.Groups["operation"].Value.StartsWith("converse", StringComparison.Ordinal) ? BedrockRequestRules.Refuse(body.RootElement) : BedrockClaudeRules.Refuse(body.RootElement);
            return refusal is null ? null : BedrockReplies.Error(400, refusal, "ValidationException");
        }
        catch (JsonException)
        {
            return BedrockReplies.Error(400, "Malformed input request, please reformat your input and try again.", "ValidationException");
        }
    }

    private static string? RefuseCaller(ReceivedRequest request) => request.Headers.GetValueOrDefault("Authorization") switch
    {
        null => "Missing Authentication Token",
        var given when given.StartsWith("AWS4-HMAC-SHA256 ", StringComparison.Ordinal) => Signature.Refuse(request),
        $"Bearer {Key}" => null,
        _ => "Authentication failed: Please make sure your API Key is valid.",
    };

    [GeneratedRegex(@"^/model/(?<model>[^/?]+)/(?<operation>converse|converse-stream|invoke|invoke-with-response-stream)$")]
    private static partial Regex ModelPath();

    [GeneratedRegex(@"^(arn:aws:bedrock:[a-z0-9-]+:\d{0,12}:(foundation-model|inference-profile|application-inference-profile|provisioned-model)/)?[a-z0-9][a-zA-Z0-9.:-]*$")]
    private static partial Regex ModelId();
}
