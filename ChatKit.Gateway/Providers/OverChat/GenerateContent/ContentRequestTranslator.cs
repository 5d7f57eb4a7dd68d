using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Wire.Gemini;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.OverChat.GenerateContent;

/// <summary>
/// generateContent request (https://ai.google.dev/api/generate-content) → chat completion request: the members around the conversation, which
/// <see cref="ContentTurns"/> translates.
/// </summary>
internal sealed class ContentRequestTranslator(ChatExtensions extensions, Uncarried uncarried)
{
    private const string Config = "generationConfig";

    private readonly Dictionary<string, JsonElement> _others = [];

    /// <summary>The chat request, or the reason why there is none.</summary>
    public GatewayError? Translate(GenerateContentRequest asked, ModelCall call, out ChatRequest? chat)
    {
        chat = null;
        var config = asked.GenerationConfig ?? new GenerationConfig();
        if ((Rest(asked.Others) ?? RestOfConfig(config.Others)) is { } unsupported) return unsupported;
        var tools = new ContentTools(uncarried);
        if (tools.Translate(asked) is { } wrongTool) return wrongTool;
        if ((Format(config) ?? Speak(config)) is { } wrongConfig) return wrongConfig;
        var turns = new ContentTurns(extensions, uncarried);
        if (turns.Translate(asked) is { } wrongTurn) return wrongTurn;

        Count(config);
        Think(config.ThinkingConfig);
        if (tools.Searches) _others["web_search_options"] = ChatBody.Json("{}");
        chat = new ChatRequest
        {
            Model = call.Envelope.Model ?? call.ClientModel,
            Messages = turns.Messages,
            MaxCompletionTokens = config.MaxOutputTokens,
            Stop = config.StopSequences is { Count: > 0 } stop ? stop : null,
            Temperature = config.Temperature,
            TopP = config.TopP,
            Stream = call.Envelope.Stream ? true : null,
            Tools = tools.Functions.Count > 0 ? tools.Functions : null,
            ToolChoice = tools.Choice,
            ServiceTier = asked.ServiceTier is "standard" ? "default" : asked.ServiceTier,
            Others = _others,
        };
        return null;
    }

    /// <summary>What has no member of its own: the gateway's fields, hints, and features of Google's servers.</summary>
    private GatewayError? Rest(Dictionary<string, JsonElement>? others)
    {
        foreach (var (name, value) in others ?? [])
        {
            if (name is "model" || value.ValueKind is JsonValueKind.Null || GatewayFields.IsObeyed(name)) continue;
            if (GatewayFields.Contains(name) || name is "safetySettings" or "labels") uncarried.Lose(name);
            else if (uncarried.Refuse(name) is { } refused) return refused;
        }

        return null;
    }

    private GatewayError? RestOfConfig(Dictionary<string, JsonElement>? others)
    {
        foreach (var (name, value) in others ?? [])
        {
            if (value.ValueKind is JsonValueKind.Null or JsonValueKind.False) continue;
            if (name is "mediaResolution" or "audioTimestamp") uncarried.Lose($"{Config}.{name}");
            else if (uncarried.Refuse($"{Config}.{name}") is { } refused) return refused;
        }

        return null;
    }

    private void Count(GenerationConfig config)
    {
        if (config.CandidateCount is > 1 and var candidates) _others["n"] = Number(candidates);
        if (config.Seed is { } seed) _others["seed"] = Number(seed);
        if (config.PresencePenalty is { } presence) _others["presence_penalty"] = Number(presence);
        if (config.FrequencyPenalty is { } frequency) _others["frequency_penalty"] = Number(frequency);
        if (config.ResponseLogprobs is true)
        {
            _others["logprobs"] = ChatBody.Json("true");
            if (config.Logprobs is { } top) _others["top_logprobs"] = Number(top);
        }

        if (config.TopK is not { } topK) return;
        if (extensions.HasFlag(ChatExtensions.TopK)) _others["top_k"] = Number(topK);
        else uncarried.Lose($"{Config}.topK");
    }

    /// <summary>The same table as the other way round (https://ai.google.dev/gemini-api/docs/openai#thinking); no budget and a dynamic one leave it to the model.</summary>
    private void Think(GeminiThinking? asked)
    {
        var effort = asked switch
        {
            { ThinkingLevel: { } level } => level.ToLowerInvariant(),
            { ThinkingBudget: > 0 and <= 1024 } => "low",
            { ThinkingBudget: > 1024 and <= 8192 } => "medium",
            { ThinkingBudget: > 8192 } => "high",
            _ => null,
        };
        if (effort is not null) _others["reasoning_effort"] = ChatBody.Text(effort);
        else if (asked?.IncludeThoughts is true) uncarried.Lose($"{Config}.thinkingConfig.includeThoughts");
    }

    /// <summary>https://ai.google.dev/gemini-api/docs/structured-output → https://platform.openai.com/docs/guides/structured-outputs</summary>
    private GatewayError? Format(GenerationConfig config)
    {
        var schema = config.ResponseJsonSchema ?? (config.ResponseSchema is { ValueKind: JsonValueKind.Object } own ? ContentSchema.ToJsonSchema(own) : null);
        if (config.ResponseMimeType is null or "text/plain") return schema is null ? null : ChatRefusals.Invalid($"{Config}.responseMimeType", "A schema needs 'responseMimeType': 'application/json'.");
        if (config.ResponseMimeType is not "application/json") return uncarried.Refuse($"{Config}.responseMimeType");
        _others["response_format"] = schema is { ValueKind: JsonValueKind.Object } given
            ? ChatBody.Json($$$"""{"type":"json_schema","json_schema":{"name":"answer","schema":{{{given.GetRawText()}}}}}""")
            : ChatBody.Json("""{"type":"json_object"}""");
        return null;
    }

    private GatewayError? Speak(GenerationConfig config)
    {
        if (config.ResponseModalities is { } modalities && modalities.Any(static word => !word.Equals("TEXT", StringComparison.OrdinalIgnoreCase)))
            return uncarried.Refuse($"{Config}.responseModalities");
        return config.SpeechConfig is null ? null : uncarried.Refuse($"{Config}.speechConfig");
    }

    private static JsonElement Number(decimal number) => ChatBody.Json(number.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
