using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatKit.Gateway.Wire.Gemini;

/// <summary>A piece of a turn (https://ai.google.dev/api/caching#Part): one of the data members is set, and what is said about it.</summary>
internal sealed record GeminiPart
{
    public string? Text { get; init; }

    public GeminiBlob? InlineData { get; init; }

    public GeminiFileData? FileData { get; init; }

    public GeminiFunctionCall? FunctionCall { get; init; }

    public GeminiFunctionResponse? FunctionResponse { get; init; }

    /// <summary>Code that the model wrote for a tool of Google's, and what came of it.</summary>
    public JsonElement? ExecutableCode { get; init; }

    public JsonElement? CodeExecutionResult { get; init; }

    /// <summary>The text is a summary of the model's reasoning.</summary>
    public bool? Thought { get; init; }

    /// <summary>
    /// The model's sealed reasoning up to this part; has to come back on the same part, else Gemini 3 refuses a function call
    /// (https://ai.google.dev/gemini-api/docs/thought-signatures).
    /// </summary>
    public string? ThoughtSignature { get; init; }

    /// <summary>How closely an image is looked at: <c>{"level":"MEDIA_RESOLUTION_HIGH"}</c>.</summary>
    public GeminiMediaResolution? MediaResolution { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}

/// <summary>A file inside the request; <paramref name="Data"/> is base64.</summary>
internal sealed record GeminiBlob(string? MimeType, string? Data);

/// <summary>A file elsewhere: at Google (Files API, Cloud Storage) or on the web.</summary>
internal sealed record GeminiFileData(string? FileUri)
{
    public string? MimeType { get; init; }
}

/// <summary>The model calls a function; <paramref name="Args"/> is an object, absent where there are none.</summary>
internal sealed record GeminiFunctionCall(string? Name, JsonElement? Args)
{
    public string? Id { get; init; }
}

/// <summary>What a function returned: an object.</summary>
internal sealed record GeminiFunctionResponse(string? Name, JsonElement? Response)
{
    /// <summary>The call's.</summary>
    public string? Id { get; init; }

    /// <summary>Media that belong to the answer.</summary>
    public IReadOnlyList<GeminiPart>? Parts { get; init; }
}

/// <summary><c>MEDIA_RESOLUTION_LOW</c>, <c>_MEDIUM</c>, <c>_HIGH</c>.</summary>
internal sealed record GeminiMediaResolution(string? Level);
