using System.Text.Json;

namespace ChatKit.Gateway.Wire.Anthropic;

/// <summary>A tool of the client (https://platform.claude.com/docs/en/agents-and-tools/tool-use/define-tools).</summary>
internal sealed record MessagesTool(string Name, JsonElement InputSchema)
{
    public string? Description { get; init; }

    /// <summary>The provider guarantees that the arguments match the schema.</summary>
    public bool? Strict { get; init; }

    public JsonElement? CacheControl { get; init; }
}

/// <summary><c>auto</c>, <c>any</c>, <c>none</c>, or <c>tool</c> with its <see cref="Name"/>.</summary>
internal sealed record MessagesToolChoice(string Type)
{
    public string? Name { get; init; }

    public bool? DisableParallelToolUse { get; init; }
}
