using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatKit.Gateway.Wire.Anthropic;

/// <summary>
/// The body of POST /v1/messages (https://platform.claude.com/docs/en/api/messages/create).
/// <code>
/// {"model":"claude-sonnet-4-6","max_tokens":1024,"system":[{"type":"text","text":"Be brief."}],"messages":[{"role":"user","content":[{"type":"text","text":"Hi"}]}]}
/// </code>
/// </summary>
internal sealed record MessagesRequest
{
    public required string Model { get; init; }

    public required long MaxTokens { get; init; }

    public IReadOnlyList<ContentBlock>? System { get; init; }

    public required IReadOnlyList<MessagesTurn> Messages { get; init; }

    public IReadOnlyList<string>? StopSequences { get; init; }

    public decimal? Temperature { get; init; }

    public decimal? TopP { get; init; }

    public bool? Stream { get; init; }

    /// <summary><c>enabled</c> with a budget, <c>adaptive</c> or <c>disabled</c>.</summary>
    public JsonElement? Thinking { get; init; }

    /// <summary><c>effort</c> and <c>format</c>.</summary>
    public IReadOnlyDictionary<string, JsonElement>? OutputConfig { get; init; }

    public IReadOnlyList<MessagesTool>? Tools { get; init; }

    public MessagesToolChoice? ToolChoice { get; init; }

    public MessagesMetadata? Metadata { get; init; }

    /// <summary><c>auto</c> or <c>standard_only</c>.</summary>
    public string? ServiceTier { get; init; }

    /// <summary>The dialect's other members (<c>top_k</c>, <c>container</c> …), verbatim.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}

/// <summary>One turn. Consecutive turns of one role are one turn to the model.</summary>
internal sealed record MessagesTurn(string Role, List<ContentBlock> Content);

/// <summary><paramref name="UserId"/> must be opaque: no name, e-mail address or phone number, at most 256 characters.</summary>
internal sealed record MessagesMetadata(string? UserId);
