using System.Text.Json;

namespace ChatKit.Gateway.Providers.Bedrock;

/// <summary>The tools of a call (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ToolConfiguration.html).</summary>
internal sealed record ToolConfig(IReadOnlyList<ConverseTool> Tools)
{
    public ConverseToolChoice? ToolChoice { get; init; }
}

/// <summary>A tool, or a cache point after the ones before.</summary>
internal sealed record ConverseTool
{
    public ConverseToolSpec? ToolSpec { get; init; }

    public CachePoint? CachePoint { get; init; }
}

internal sealed record ConverseToolSpec(string Name, ConverseToolSchema InputSchema)
{
    public string? Description { get; init; }

    public bool? Strict { get; init; }
}

internal sealed record ConverseToolSchema(JsonElement Json);

/// <summary>One of three: as it likes, any of them, or this one.</summary>
internal sealed record ConverseToolChoice
{
    public Empty? Auto { get; init; }

    public Empty? Any { get; init; }

    public ConverseToolName? Tool { get; init; }
}

internal sealed record ConverseToolName(string Name);

/// <summary><c>{}</c></summary>
internal sealed record Empty;
