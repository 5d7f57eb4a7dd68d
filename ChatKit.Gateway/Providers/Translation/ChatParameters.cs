using System.Text.Json;

namespace ChatKit.Gateway.Providers.Translation;

/// <summary>
/// OpenAI's chat parameters that another dialect may have no word for (https://platform.openai.com/docs/api-reference/chat/create), so that none is lost
/// in silence: a value that asks for nothing may go, a hint may go and is named in the losses, and anything else refuses the call.
/// </summary>
internal static class ChatParameters
{
    /// <summary>True where the value is the default, so that leaving it out changes nothing.</summary>
    public static bool AsksNothing(string name, JsonElement value) => value.ValueKind is JsonValueKind.Null || name switch
    {
        "n" => Is(value, 1),
        "frequency_penalty" or "presence_penalty" or "top_logprobs" => Is(value, 0),
        "temperature" or "top_p" => Is(value, 1),
        "logprobs" or "store" => value.ValueKind is JsonValueKind.False,
        "logit_bias" or "metadata" => value.ValueKind is JsonValueKind.Object && value.GetPropertyCount() == 0,
        "functions" or "tools" => value.ValueKind is JsonValueKind.Array && value.GetArrayLength() == 0,
        "tool_choice" or "function_call" => Is(value, "auto") || Is(value, "none"),
        "modalities" => value.ValueKind is JsonValueKind.Array && value.EnumerateArray().All(static modality => Is(modality, "text")),
        "response_format" => value.ValueKind is JsonValueKind.Object && value.TryGetProperty("type", out var type) && Is(type, "text"),
        "verbosity" => Is(value, "medium"),
        "parallel_tool_calls" => true,
        _ => false,
    };

    /// <summary>True where the answer is as right without the parameter: it labels, stores or speeds up.</summary>
    public static bool IsHint(string name) => name is "metadata" or "store" or "prediction" or "prompt_cache_key" or "prompt_cache_options" or "prompt_cache_retention";

    /// <summary>True for OpenAI's own parameters; a name that it does not know is a provider's own, and travels as it came.</summary>
    public static bool IsOpenAi(string name) => name is
        "audio" or "frequency_penalty" or "function_call" or "functions" or "logit_bias" or "logprobs" or "modalities" or "moderation" or "n" or "parallel_tool_calls" or
        "presence_penalty" or "reasoning_effort" or "response_format" or "seed" or "tool_choice" or "tools" or "top_logprobs" or "verbosity" or
        "web_search_options" || IsHint(name);

    /// <summary>True for OpenAI's own types of content.</summary>
    public static bool IsPart(string? type) => type is "text" or "refusal" or "image_url" or "input_audio" or "file";

    /// <summary>Names the members of a part of the request that have no counterpart and say something.</summary>
    public static void LeaveOut(Dictionary<string, JsonElement>? members, string path, ICollection<string> losses)
    {
        if (members is null) return;
        foreach (var (name, value) in members)
            if (value.ValueKind is not JsonValueKind.Null && !(value.ValueKind is JsonValueKind.Array && value.GetArrayLength() == 0))
                losses.Add($"{path}.{name}");
    }

    private static bool Is(JsonElement value, int number) => value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out var given) && given == number;

    private static bool Is(JsonElement value, string text) => value.ValueKind is JsonValueKind.String && value.ValueEquals(text);
}
