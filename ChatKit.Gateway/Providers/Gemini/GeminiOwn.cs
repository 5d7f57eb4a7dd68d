using System.Collections.Frozen;
using System.Text.Json;
using ChatKit.Gateway.Wire.Gemini;

namespace ChatKit.Gateway.Providers.Gemini;

/// <summary>
/// Members of a chat request that are Gemini's own (<c>top_k</c>, <c>safety_settings</c>, <c>thinkingConfig</c>, <c>cached_content</c> …), in either spelling, as
/// LiteLLM's clients write them flat beside OpenAI's. Each goes to its place and there wins over what was made of OpenAI's words; what nobody knows goes to the
/// top, for Google to judge.
/// </summary>
internal static class GeminiOwn
{
    private static readonly FrozenSet<string> OfConfig = FrozenSet.Create(
        StringComparer.Ordinal,
        "audioTimestamp", "audioTranscriptionConfig", "candidateCount", "enableEnhancedCivicAnswers", "imageConfig", "maxOutputTokens", "mediaResolution", "modelConfig",
        "responseJsonSchema", "responseLogprobs", "responseMimeType", "responseModalities", "responseSchema", "routingConfig", "speechConfig", "stopSequences",
        "thinkingConfig", "topK", "topP");

    private static readonly FrozenSet<string> OfRequest = FrozenSet.Create(
        StringComparer.Ordinal, "cachedContent", "labels", "modelArmorConfig", "safetySettings", "systemInstruction", "toolConfig");

    public static GenerateContentRequest Add(GenerateContentRequest request, Dictionary<string, JsonElement>? own)
    {
        if (own is null) return request;
        var (atTop, inConfig) = (new Dictionary<string, JsonElement>(), new Dictionary<string, JsonElement>());
        foreach (var (name, value) in own)
        {
            var camel = Camel(name);
            if (camel is "generationConfig" && value.ValueKind is JsonValueKind.Object)
                foreach (var member in value.EnumerateObject()) inConfig[Camel(member.Name)] = member.Value;
            else if (OfConfig.Contains(camel)) inConfig[camel] = value;
            else atTop[OfRequest.Contains(camel) ? camel : name] = value;
        }

        if (inConfig.Count > 0) request = request with { GenerationConfig = Over(request.GenerationConfig ?? new GenerationConfig(), inConfig) };
        return atTop.Count > 0 ? Over(request, atTop) : request;
    }

    /// <summary>The name in generationConfig of a parameter that chat or Gemini has; null for those that stand elsewhere.</summary>
    public static string? NameInConfig(string name) => Camel(name) switch
    {
        "maxTokens" or "maxCompletionTokens" => "maxOutputTokens",
        "n" => "candidateCount",
        "temperature" or "seed" or "presencePenalty" or "frequencyPenalty" => Camel(name),
        var camel => OfConfig.Contains(camel) ? camel : null,
    };

    public static bool IsOfRequest(string name) => OfRequest.Contains(Camel(name));

    /// <summary>Google's APIs take both spellings (https://protobuf.dev/programming-guides/json/), and one name in both is refused.</summary>
    public static string Camel(string name)
    {
        if (!name.Contains('_')) return name;
        var words = name.Split('_', StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? name : words[0] + string.Concat(words.Skip(1).Select(static word => char.ToUpperInvariant(word[0]) + word[1..]));
    }

    private static GenerationConfig Over(GenerationConfig made, Dictionary<string, JsonElement> own) =>
        new() { Others = Over(JsonSerializer.SerializeToElement(made, GeminiJson.Default.GenerationConfig), own) };

    private static GenerateContentRequest Over(GenerateContentRequest made, Dictionary<string, JsonElement> own) =>
        new() { Others = Over(JsonSerializer.SerializeToElement(made, GeminiJson.Default.GenerateContentRequest), own) };

    private static Dictionary<string, JsonElement> Over(JsonElement made, Dictionary<string, JsonElement> own)
    {
        var members = made.EnumerateObject().ToDictionary(static member => member.Name, static member => member.Value);
        foreach (var (name, value) in own) members[name] = value;
        return members;
    }
}
