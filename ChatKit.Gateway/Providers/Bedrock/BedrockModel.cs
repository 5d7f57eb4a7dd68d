namespace ChatKit.Gateway.Providers.Bedrock;

/// <summary>
/// Which model a Bedrock id means, since the parameters of each family are its own. Ids are bare (<c>anthropic.claude-sonnet-4-6</c>), of an inference profile
/// (<c>eu.anthropic.claude-sonnet-4-6</c>), or ARNs that end in either
/// (https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html); ARNs that end in neither need <c>model_info.base_model</c>.
/// </summary>
internal sealed record BedrockModel(string Id)
{
    /// <summary>Claude models before structured outputs (https://docs.aws.amazon.com/bedrock/latest/userguide/structured-output.html, 2026-10).</summary>
    private static readonly string[] Older = ["claude-v2", "claude-instant", "claude-3", "claude-opus-4-2", "claude-sonnet-4-2", "claude-opus-4-1"];

    /// <summary>The model of a call; what <c>base_model</c> says counts more than a name that may say nothing.</summary>
    public static BedrockModel Of(ModelCall call) => new(call.Deployment.BaseModel ?? call.UpstreamModel);

    public bool IsClaude => Id.Contains("anthropic.claude", StringComparison.Ordinal);

    public bool IsNova => Id.Contains("amazon.nova", StringComparison.Ordinal);

    public bool IsGptOss => Id.Contains("openai.gpt-oss", StringComparison.Ordinal);

    /// <summary>True where a JSON schema is the model's own word; others are made to call a tool with it.</summary>
    public bool HasStructuredOutput => IsClaude && !Array.Exists(Older, older => Id.Contains(older, StringComparison.Ordinal));
}
