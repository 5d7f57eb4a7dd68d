using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatKit.Gateway.Wire.Gemini;

/// <summary>How the answer is made (https://ai.google.dev/api/generate-content#generationconfig).</summary>
internal sealed record GenerationConfig
{
    public decimal? Temperature { get; init; }

    public decimal? TopP { get; init; }

    public decimal? TopK { get; init; }

    public long? MaxOutputTokens { get; init; }

    public int? CandidateCount { get; init; }

    public IReadOnlyList<string>? StopSequences { get; init; }

    public long? Seed { get; init; }

    public decimal? PresencePenalty { get; init; }

    public decimal? FrequencyPenalty { get; init; }

    public bool? ResponseLogprobs { get; init; }

    /// <summary>How many alternatives to tell for each token.</summary>
    public int? Logprobs { get; init; }

    public string? ResponseMimeType { get; init; }

    /// <summary>In the subset of OpenAPI.</summary>
    public JsonElement? ResponseSchema { get; init; }

    /// <summary>In JSON Schema.</summary>
    public JsonElement? ResponseJsonSchema { get; init; }

    /// <summary><c>TEXT</c>, <c>IMAGE</c>, <c>AUDIO</c>.</summary>
    public IReadOnlyList<string>? ResponseModalities { get; init; }

    public GeminiSpeech? SpeechConfig { get; init; }

    public GeminiThinking? ThinkingConfig { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}

/// <summary>How long the model thinks: in tokens up to Gemini 2.5, in levels since Gemini 3 (https://ai.google.dev/gemini-api/docs/thinking).</summary>
internal sealed record GeminiThinking
{
    public bool? IncludeThoughts { get; init; }

    public int? ThinkingBudget { get; init; }

    /// <summary><c>MINIMAL</c>, <c>LOW</c>, <c>MEDIUM</c>, <c>HIGH</c>.</summary>
    public string? ThinkingLevel { get; init; }
}

/// <summary>How the answer sounds (https://ai.google.dev/gemini-api/docs/speech-generation).</summary>
internal sealed record GeminiSpeech
{
    public GeminiVoice? VoiceConfig { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}

internal sealed record GeminiVoice(GeminiPrebuiltVoice? PrebuiltVoiceConfig);

internal sealed record GeminiPrebuiltVoice(string? VoiceName);
