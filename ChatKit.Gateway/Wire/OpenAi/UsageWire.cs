using System.Text.Json;

namespace ChatKit.Gateway.Wire.OpenAi;

/// <summary>
/// The <c>usage</c> object of a completion:
/// <code>{"prompt_tokens":19,"completion_tokens":10,"prompt_tokens_details":{"cached_tokens":0,"audio_tokens":0},"completion_tokens_details":{"reasoning_tokens":0}}</code>
/// <c>prompt_cache_hit_tokens</c> is DeepSeek's name for the cached part; images and audio say <c>input_tokens</c> and <c>output_tokens</c>, or seconds
/// (https://platform.openai.com/docs/api-reference/audio/json-object); rerankers often have nothing but <c>total_tokens</c>, which are all input; xAI counts reasoning
/// beside the completion, as its total tells; OpenRouter and LiteLLM say what was written to the cache, which is part of the prompt
/// (https://openrouter.ai/docs/guides/best-practices/prompt-caching).
/// </summary>
internal readonly record struct UsageWire(long PromptTokens, long CompletionTokens, long CachedTokens, long ReasoningTokens)
{
    public long WrittenTokens { get; init; }

    public long AudioPromptTokens { get; init; }

    public long AudioCompletionTokens { get; init; }

    public long ImagePromptTokens { get; init; }

    public long ImageCompletionTokens { get; init; }

    public decimal Seconds { get; init; }

    /// <summary>Reads the object that the reader has just entered, to its end.</summary>
    public static UsageWire Read(ref Utf8JsonReader reader)
    {
        long prompt = 0, completion = 0, cached = 0, reasoning = 0, total = 0, written = 0, audioIn = 0, audioOut = 0, imageIn = 0, imageOut = 0;
        decimal seconds = 0;
        var depth = reader.CurrentDepth;
        var ofAnswer = false;
        while (reader.Read() && !(reader.TokenType is JsonTokenType.EndObject && reader.CurrentDepth == depth))
        {
            if (reader.TokenType is not JsonTokenType.PropertyName) continue;
            if (reader.ValueTextEquals("prompt_tokens"u8) || reader.ValueTextEquals("input_tokens"u8)) prompt = ReadCount(ref reader);
            else if (reader.ValueTextEquals("completion_tokens"u8) || reader.ValueTextEquals("output_tokens"u8)) completion = ReadCount(ref reader);
            else if (reader.ValueTextEquals("cached_tokens"u8) || reader.ValueTextEquals("prompt_cache_hit_tokens"u8)) cached = ReadCount(ref reader);
            else if (reader.ValueTextEquals("total_tokens"u8)) total = ReadCount(ref reader);
            else if (reader.ValueTextEquals("reasoning_tokens"u8)) reasoning = ReadCount(ref reader);
            else if (reader.ValueTextEquals("prompt_tokens_details"u8) || reader.ValueTextEquals("input_tokens_details"u8)) ofAnswer = false;
            else if (reader.ValueTextEquals("completion_tokens_details"u8) || reader.ValueTextEquals("output_tokens_details"u8)) ofAnswer = true;
            else if (reader.ValueTextEquals("audio_tokens"u8)) (ofAnswer ? ref audioOut : ref audioIn) = ReadCount(ref reader);
            else if (reader.ValueTextEquals("image_tokens"u8)) (ofAnswer ? ref imageOut : ref imageIn) = ReadCount(ref reader);
            else if (reader.ValueTextEquals("cache_write_tokens"u8) || reader.ValueTextEquals("cache_creation_input_tokens"u8)) written = ReadCount(ref reader);
            else if (reader.ValueTextEquals("seconds"u8)) seconds = ReadSeconds(ref reader);
        }

        if (reasoning > 0 && total == prompt + completion + reasoning) completion += reasoning;
        return new UsageWire(prompt == 0 && completion == 0 ? total : prompt, completion, cached, reasoning)
        {
            WrittenTokens = written,
            AudioPromptTokens = audioIn,
            AudioCompletionTokens = audioOut,
            ImagePromptTokens = imageIn,
            ImageCompletionTokens = imageOut,
            Seconds = seconds,
        };
    }

    private static long ReadCount(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is not JsonTokenType.Number) return 0;
        return reader.TryGetInt64(out var count) ? count : (long)reader.GetDouble();
    }

    private static decimal ReadSeconds(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType is JsonTokenType.Number && reader.TryGetDecimal(out var seconds) ? seconds : 0;
    }
}
