using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatKit.Gateway.Wire.OpenAi.Responses;

/// <summary>
/// A response as a translated answer gives it to a client (https://platform.openai.com/docs/api-reference/responses/object): what was asked is repeated in it,
/// since clients read it there.
/// </summary>
internal sealed record GivenResponse([property: JsonPropertyOrder(-3)] string Id, [property: JsonPropertyOrder(-2)] long CreatedAt, string Model)
{
    [JsonPropertyOrder(-3)]
    public string Object { get; init; } = "response";

    /// <summary><c>in_progress</c>, <c>completed</c> or <c>incomplete</c>.</summary>
    [JsonPropertyOrder(-1)]
    public string Status { get; init; } = "in_progress";

    [JsonPropertyOrder(-1)]
    public bool Background { get; init; }

    [JsonPropertyOrder(-1)]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Error { get; init; }

    [JsonPropertyOrder(-1)]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IncompleteDetails? IncompleteDetails { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Instructions { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public long? MaxOutputTokens { get; init; }

    public IReadOnlyList<OutputItem> Output { get; init; } = [];

    public bool ParallelToolCalls { get; init; } = true;

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? PreviousResponseId { get; init; }

    public JsonElement? Reasoning { get; init; }

    public string? SafetyIdentifier { get; init; }

    public string ServiceTier { get; init; } = "default";

    public bool Store { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public decimal? Temperature { get; init; }

    public JsonElement? Text { get; init; }

    public JsonElement? ToolChoice { get; init; }

    public JsonElement? Tools { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public decimal? TopP { get; init; }

    public string Truncation { get; init; } = "disabled";

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ResponseUsage? Usage { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? User { get; init; }

    public JsonElement? Metadata { get; init; }
}

/// <summary><c>max_output_tokens</c> or <c>content_filter</c>.</summary>
internal sealed record IncompleteDetails(string Reason);

/// <summary>The input includes what was read from the cache, the output what was thought.</summary>
internal sealed record ResponseUsage(long InputTokens, InputDetails InputTokensDetails, long OutputTokens, OutputDetails OutputTokensDetails, long TotalTokens);

internal sealed record InputDetails(long CachedTokens);

internal sealed record OutputDetails(long ReasoningTokens);

/// <summary>An item of the output; the members of one type only are set.</summary>
internal sealed record OutputItem(string Id, string Type)
{
    public string? Status { get; init; }

    public string? Role { get; init; }

    public IReadOnlyList<OutputPart>? Content { get; init; }

    public IReadOnlyList<OutputPart>? Summary { get; init; }

    public string? EncryptedContent { get; init; }

    public string? CallId { get; init; }

    public string? Name { get; init; }

    public string? Arguments { get; init; }
}

/// <summary><c>output_text</c>, <c>refusal</c> or <c>summary_text</c>.</summary>
internal sealed record OutputPart(string Type)
{
    public string? Text { get; init; }

    public string? Refusal { get; init; }

    public IReadOnlyList<OutputAnnotation>? Annotations { get; init; }

    public IReadOnlyList<string>? Logprobs { get; init; }
}

/// <summary>A page that backs a range of the text.</summary>
internal sealed record OutputAnnotation(string? Url, string? Title, int StartIndex, int EndIndex)
{
    [JsonPropertyOrder(-1)]
    public string Type { get; init; } = "url_citation";
}

/// <summary>One event of a translated stream (https://platform.openai.com/docs/api-reference/responses-streaming); the members of one type only are set.</summary>
internal sealed record ResponseEvent([property: JsonPropertyOrder(-2)] string Type, [property: JsonPropertyOrder(-2)] int SequenceNumber)
{
    public GivenResponse? Response { get; init; }

    public string? ItemId { get; init; }

    public int? OutputIndex { get; init; }

    public int? ContentIndex { get; init; }

    public int? SummaryIndex { get; init; }

    public int? AnnotationIndex { get; init; }

    public OutputItem? Item { get; init; }

    public OutputPart? Part { get; init; }

    public string? Delta { get; init; }

    public string? Text { get; init; }

    public string? Refusal { get; init; }

    public string? Arguments { get; init; }

    public string? Name { get; init; }

    public OutputAnnotation? Annotation { get; init; }

    public IReadOnlyList<string>? Logprobs { get; init; }
}
