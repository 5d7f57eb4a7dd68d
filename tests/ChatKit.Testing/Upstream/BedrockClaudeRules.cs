using System.Text.Json;

namespace ChatKit.Testing.Upstream;

/// <summary>
/// What InvokeModel refuses in a request to a Claude model
/// (https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages-request-response.html): Anthropic's body with a version in it, and
/// without what the path says.
/// </summary>
public static class BedrockClaudeRules
{
    public static string? Refuse(JsonElement body)
    {
        if (body.ValueKind is not JsonValueKind.Object) return "Malformed input request, please reformat your input and try again.";
        if (!body.TryGetProperty("anthropic_version", out var version)) return "anthropic_version: Field required";
        if (!version.ValueEquals("bedrock-2023-05-31")) return "anthropic_version: Input should be 'bedrock-2023-05-31'";
        foreach (var member in (string[])["model", "stream"])
            if (body.TryGetProperty(member, out _))
                return $"{member}: Extra inputs are not permitted";
        return AnthropicOnCloudRules.Refuse(body, "anthropic_version", "anthropic_beta");
    }
}
