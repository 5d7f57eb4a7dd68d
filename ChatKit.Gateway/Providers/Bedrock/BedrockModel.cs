using ChatKit.Gateway.Providers.Anthropic;

namespace ChatKit.Gateway.Providers.Bedrock;

/// <summary>
/// Which model a Bedrock id means, since the parameters of each family are its own. Ids are bare (<c>anthropic.claude-sonnet-4-6</c>), of an inference profile
/// (<c>eu.anthropic.claude-sonnet-4-6</c>), or ARNs that end in either
/// (https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html); ARNs that end in neither need <c>model_info.base_model</c>.
/// </summary>
internal sealed record BedrockModel(string Id)
{
    public bool IsClaude => Id.Contains("claude", StringComparison.Ordinal);

    public bool IsNova => Id.Contains("amazon.nova", StringComparison.Ordinal);

    public bool IsGptOss => Id.Contains("openai.gpt-oss", StringComparison.Ordinal);

    /// <summary>True where a JSON schema is the model's own word. Which of the open models have it differs by region; they are made to call a tool.</summary>
    public bool HasStructuredOutput => IsClaude && ClaudeModel.Of(Id).HasStructuredOutput;

    /// <summary>The model of a call; what <c>base_model</c> says counts more than a name that may say nothing.</summary>
    public static BedrockModel Of(ModelCall call) => new(call.Deployment.BaseModel ?? call.UpstreamModel);
}
