using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatKit.Gateway.Providers.Bedrock;

/// <summary>
/// The body of POST /model/{id}/converse and /converse-stream (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html).
/// <code>
/// {"messages":[{"role":"user","content":[{"text":"Hi"}]}],"system":[{"text":"Be brief."}],"inferenceConfig":{"maxTokens":100}}
/// </code>
/// </summary>
internal sealed record ConverseRequest
{
    public required IReadOnlyList<ConverseTurn> Messages { get; init; }

    public IReadOnlyList<ConverseBlock>? System { get; init; }

    public InferenceConfig? InferenceConfig { get; init; }

    public ToolConfig? ToolConfig { get; init; }

    public ServiceTier? ServiceTier { get; init; }

    public OutputConfig? OutputConfig { get; init; }

    /// <summary>Parameters of the model itself (<c>top_k</c>, <c>thinking</c> …), which Bedrock hands on unread.</summary>
    public Dictionary<string, JsonElement>? AdditionalModelRequestFields { get; init; }

    /// <summary>Bedrock's other members (<c>guardrailConfig</c>, <c>performanceConfig</c> …), verbatim.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}

/// <summary>One turn, of <c>user</c> or <c>assistant</c>; they alternate.</summary>
internal sealed record ConverseTurn(string Role, List<ConverseBlock> Content);

/// <summary>What every model understands.</summary>
internal sealed record InferenceConfig
{
    public long? MaxTokens { get; init; }

    public decimal? Temperature { get; init; }

    public decimal? TopP { get; init; }

    public IReadOnlyList<string>? StopSequences { get; init; }
}

/// <summary><c>default</c>, <c>priority</c>, <c>flex</c> or <c>reserved</c>.</summary>
internal sealed record ServiceTier(string Type);

/// <summary>How the answer has to look (https://docs.aws.amazon.com/bedrock/latest/userguide/structured-output.html), and how much thought it gets.</summary>
internal sealed record OutputConfig
{
    public TextFormat? TextFormat { get; init; }

    public string? Effort { get; init; }
}

/// <summary><c>json_schema</c>.</summary>
internal sealed record TextFormat(string Type, TextStructure Structure);

internal sealed record TextStructure(TextSchema JsonSchema);

/// <param name="Schema">The schema: JSON in a string.</param>
internal sealed record TextSchema(string Schema)
{
    public string? Name { get; init; }

    public string? Description { get; init; }
}
