using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatKit.Gateway.Wire.Anthropic;

/// <summary>
/// A message as a translated answer gives it to a client: whole, or as the shell that opens a stream. The SDKs expect every member
/// (https://platform.claude.com/docs/en/api/messages/create).
/// </summary>
internal sealed record GivenMessage(string Id, string Model, IReadOnlyList<GivenBlock> Content, GivenUsage Usage)
{
    [JsonPropertyOrder(-1)]
    public string Type { get; init; } = "message";

    [JsonPropertyOrder(-1)]
    public string Role { get; init; } = "assistant";

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? StopReason { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? StopSequence { get; init; }
}

/// <summary>A block of the answer, or what opens one in a stream; the members of one type only are set.</summary>
internal sealed record GivenBlock(string Type)
{
    public string? Text { get; init; }

    public IReadOnlyList<GivenCitation>? Citations { get; init; }

    public string? Thinking { get; init; }

    public string? Signature { get; init; }

    public string? Data { get; init; }

    public string? Id { get; init; }

    public string? Name { get; init; }

    public JsonElement? Input { get; init; }

    /// <summary>Of a <c>tool_use</c>: who calls.</summary>
    public GivenCaller? Caller { get; init; }
}

/// <summary>The model itself, and no program that it wrote: the only caller outside of Anthropic's servers.</summary>
internal sealed record GivenCaller(string Type)
{
    public static GivenCaller Direct { get; } = new("direct");
}

/// <summary>A page that the text draws on. The seal by which Anthropic recognises its own search results is empty: this one is not Anthropic's.</summary>
internal sealed record GivenCitation(string? Url, string? Title)
{
    public string Type { get; init; } = "web_search_result_location";

    public string CitedText { get; init; } = "";

    public string EncryptedIndex { get; init; } = "";
}

/// <summary>The input is the sum of <paramref name="InputTokens"/> and the two cache counts.</summary>
internal sealed record GivenUsage(long InputTokens, long CacheCreationInputTokens, long CacheReadInputTokens, long OutputTokens)
{
    public string? ServiceTier { get; init; }
}

/// <summary>One event of a translated stream; the members of one type only are set.</summary>
internal sealed record GivenEvent([property: JsonPropertyOrder(-2)] string Type)
{
    public GivenMessage? Message { get; init; }

    [JsonPropertyOrder(-1)]
    public int? Index { get; init; }

    public GivenBlock? ContentBlock { get; init; }

    public GivenDelta? Delta { get; init; }
}

/// <summary>What an event adds to a block.</summary>
internal sealed record GivenDelta
{
    public string? Type { get; init; }

    public string? Text { get; init; }

    public string? Thinking { get; init; }

    public string? Signature { get; init; }

    public string? PartialJson { get; init; }

    public GivenCitation? Citation { get; init; }
}

/// <summary>The event that says why a streamed message ended, and what it cost.</summary>
internal sealed record GivenEnd(GivenStop Delta, GivenUsage Usage)
{
    [JsonPropertyOrder(-1)]
    public string Type { get; init; } = "message_delta";
}

/// <summary>Why a message ended.</summary>
internal sealed record GivenStop(string StopReason, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? StopSequence);
