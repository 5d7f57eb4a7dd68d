using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatKit.Gateway.Wire.OpenAi.Responses;

/// <summary>
/// A client's Responses request (https://platform.openai.com/docs/api-reference/responses/create) as typed members, for translation into chat. What is not carried
/// by a member of its own stays in <see cref="Others"/>, so that the translator decides about each by name.
/// <code>{"model":"gpt","instructions":"Be brief.","input":[{"role":"user","content":"Hi"}],"reasoning":{"effort":"low"}}</code>
/// </summary>
internal sealed record AskedResponse
{
    [JsonConverter(typeof(AskedInputConverter))]
    public IReadOnlyList<AskedItem>? Input { get; init; }

    public string? Instructions { get; init; }

    public IReadOnlyList<AskedFunction?>? Tools { get; init; }

    public JsonElement? ToolChoice { get; init; }

    public AskedText? Text { get; init; }

    public AskedReasoning? Reasoning { get; init; }

    public long? MaxOutputTokens { get; init; }

    public bool? ParallelToolCalls { get; init; }

    public decimal? Temperature { get; init; }

    public decimal? TopP { get; init; }

    public string? Truncation { get; init; }

    public IReadOnlyList<string?>? Include { get; init; }

    public JsonElement? Metadata { get; init; }

    public string? User { get; init; }

    public string? SafetyIdentifier { get; init; }

    public string? ServiceTier { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}

/// <summary>One item of the input, told apart by <see cref="Type"/>, which a message may leave out.</summary>
internal sealed record AskedItem
{
    public string? Type { get; init; }

    public string? Role { get; init; }

    [JsonConverter(typeof(AskedPartsConverter))]
    public IReadOnlyList<AskedPart>? Content { get; init; }

    public string? CallId { get; init; }

    public string? Name { get; init; }

    public string? Arguments { get; init; }

    /// <summary>What a function gave back: text, or parts.</summary>
    [JsonConverter(typeof(AskedPartsConverter))]
    public IReadOnlyList<AskedPart>? Output { get; init; }

    /// <summary>What is visible of a reasoning item.</summary>
    public IReadOnlyList<AskedPart?>? Summary { get; init; }

    /// <summary>The rest of it, sealed by whoever reasoned.</summary>
    public string? EncryptedContent { get; init; }
}

/// <summary>A piece of content: <c>input_text</c>, <c>output_text</c>, <c>refusal</c>, <c>input_image</c>, <c>input_file</c> …</summary>
internal sealed record AskedPart
{
    public string? Type { get; init; }

    public string? Text { get; init; }

    public string? Refusal { get; init; }

    /// <summary>An address or a data URL.</summary>
    public string? ImageUrl { get; init; }

    public string? Detail { get; init; }

    public string? FileData { get; init; }

    public string? Filename { get; init; }

    public string? FileId { get; init; }

    public string? FileUrl { get; init; }
}

/// <summary>A tool: a function, flat and not nested as in chat, or one that OpenAI runs.</summary>
internal sealed record AskedFunction
{
    public string? Type { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public JsonElement? Parameters { get; init; }

    public bool? Strict { get; init; }
}

/// <summary>In which form, and how talkative.</summary>
internal sealed record AskedText(JsonElement? Format, string? Verbosity);

/// <summary>How hard to think; the summary is what is shown of it.</summary>
internal sealed record AskedReasoning(string? Effort, string? Summary);
