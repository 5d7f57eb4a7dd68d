using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Wire.Gemini;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.Gemini;

/// <summary>OpenAI's parameters as Gemini's generationConfig (https://ai.google.dev/api/generate-content#generationconfig).</summary>
internal sealed class GeminiSettings(GeminiModel model, UnsupportedParameters unsupported, ICollection<string> losses)
{
    private GenerationConfig _config = new();

    /// <summary>The configuration; null where the request says nothing of the kind.</summary>
    public GatewayError? Read(ChatRequest chat, out GenerationConfig? config)
    {
        config = null;
        if (new GeminiThought(model, unsupported, losses).Read(chat, out var thinking) is { } wrongThinking) return wrongThinking;
        _config = new GenerationConfig
        {
            Temperature = chat.Temperature,
            TopP = chat.TopP,
            MaxOutputTokens = chat.MaxCompletionTokens ?? chat.MaxTokens,
            StopSequences = chat.Stop is { Count: > 0 } stop ? stop : null,
            ThinkingConfig = thinking,
        };
        if ((Numbers(chat) ?? Logprobs(chat) ?? Modalities(chat) ?? Format(chat)) is { } wrong) return wrong;
        config = _config == new GenerationConfig() ? null : _config;
        return null;
    }

    private GatewayError? Numbers(ChatRequest chat)
    {
        if (!TryWhole(chat.Take("n"), out var candidates)) return NotA("n", "whole number");
        if (!TryWhole(chat.Take("seed"), out var seed)) return NotA("seed", "whole number");
        if (!TryNumber(chat.Take("presence_penalty"), out var presence)) return NotA("presence_penalty", "number");
        if (!TryNumber(chat.Take("frequency_penalty"), out var frequency)) return NotA("frequency_penalty", "number");
        _config = _config with
        {
            CandidateCount = candidates is 1 ? null : (int?)candidates,
            Seed = seed,
            PresencePenalty = presence is 0 ? null : presence,
            FrequencyPenalty = frequency is 0 ? null : frequency,
        };
        return null;
    }

    private GatewayError? Logprobs(ChatRequest chat)
    {
        var (asked, top) = (chat.Take("logprobs"), chat.Take("top_logprobs"));
        if (asked is { ValueKind: not (JsonValueKind.True or JsonValueKind.False) }) return NotA("logprobs", "true or false");
        if (!TryWhole(top, out var count)) return NotA("top_logprobs", "whole number");
        if (asked is { ValueKind: JsonValueKind.True }) _config = _config with { ResponseLogprobs = true, Logprobs = count is 0 ? null : (int?)count };
        else if (count > 0) return ChatRefusals.Invalid("top_logprobs", "'top_logprobs' needs 'logprobs': true.");
        return null;
    }

    /// <summary>Images and speech besides text, or in its place (https://ai.google.dev/gemini-api/docs/image-generation, …/speech-generation).</summary>
    private GatewayError? Modalities(ChatRequest chat)
    {
        var (asked, audio) = (chat.Take("modalities"), chat.Take("audio"));
        if (asked is { } modalities)
        {
            if (modalities.ValueKind is not JsonValueKind.Array) return NotA("modalities", "list");
            var words = modalities.EnumerateArray().Select(static word => word.ToString().ToUpperInvariant()).ToList();
            if (words.Exists(static word => word is not ("TEXT" or "IMAGE" or "AUDIO"))) return ChatRefusals.UnsupportedValue("modalities", "A modality is 'text', 'image' or 'audio'.");
            if (words is not (["TEXT"] or [])) _config = _config with { ResponseModalities = words };
        }

        if (audio is not { } voice) return null;
        if (voice.ValueKind is not JsonValueKind.Object) return NotA("audio", "object");
        if (voice.TryGetProperty("format", out var format) && format.ToString() is not ("pcm16" or "pcm"))
            return unsupported.DecideValue("audio.format", $"{GeminiRequestTranslator.Name} answers with 'pcm16' only.");
        if (voice.TryGetProperty("voice", out var name) && name.ValueKind is JsonValueKind.String)
            _config = _config with { SpeechConfig = new GeminiSpeech { VoiceConfig = new GeminiVoice(new GeminiPrebuiltVoice(name.GetString())) } };
        return null;
    }

    /// <summary>
    /// https://ai.google.dev/gemini-api/docs/structured-output. LiteLLM's older form has the schema beside the type: <c>{"type":"json_object","response_schema":{…}}</c>.
    /// </summary>
    private GatewayError? Format(ChatRequest chat)
    {
        const string Param = "response_format";
        if (chat.Take(Param) is not { } format) return null;
        if (format.ValueKind is not JsonValueKind.Object || !format.TryGetProperty("type", out var type) || type.ValueKind is not JsonValueKind.String)
            return ChatRefusals.Invalid(Param, "'response_format' is an object with a type.");
        if (type.ValueEquals("text")) return null;
        if (!type.ValueEquals("json_object") && !type.ValueEquals("json_schema"))
            return unsupported.DecideValue($"{Param}.type", "'response_format.type' is 'text', 'json_object' or 'json_schema'.");
        _config = _config with { ResponseMimeType = "application/json" };
        var named = format.TryGetProperty("json_schema", out var outer) && outer.ValueKind is JsonValueKind.Object;
        if (type.ValueEquals("json_schema") && !named) return ChatRefusals.Invalid($"{Param}.json_schema", "A 'json_schema' is an object with a schema.");
        if (!(named && outer.TryGetProperty("schema", out var schema)) && !format.TryGetProperty("response_schema", out schema)) return null;
        if (schema.ValueKind is not JsonValueKind.Object) return ChatRefusals.Invalid($"{Param}.json_schema.schema", "A schema is an object.");
        _config = model.ReadsJsonSchema
            ? _config with { ResponseJsonSchema = schema }
            : _config with { ResponseSchema = new GeminiSchema(losses).Clean(schema, $"{Param}.json_schema.schema") };
        return null;
    }

    private static bool TryWhole(JsonElement? value, out long? number)
    {
        number = null;
        if (value is not { } given) return true;
        if (given.ValueKind is not JsonValueKind.Number || !given.TryGetInt64(out var whole) || whole is < int.MinValue or > int.MaxValue) return false;
        number = whole;
        return true;
    }

    private static bool TryNumber(JsonElement? value, out decimal? number)
    {
        number = null;
        if (value is not { } given) return true;
        if (given.ValueKind is not JsonValueKind.Number || !given.TryGetDecimal(out var exact)) return false;
        number = exact;
        return true;
    }

    private static GatewayError NotA(string param, string what) => ChatRefusals.Invalid(param, $"Invalid type for '{param}': it is a {what}.");
}
