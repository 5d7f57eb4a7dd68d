using System.Text.Json;

namespace ChatKit.Testing.Upstream;

/// <summary>What one path of OpenAI's accepts: its members, those that must be there, and whether it comes as JSON or as a form.</summary>
/// <param name="Members">Every parameter that the API reference names; a form may repeat those that end in <c>[]</c>.</param>
/// <param name="Required">Those that must be there.</param>
/// <param name="Json">True where a JSON body is accepted.</param>
/// <param name="Form">True where a form is accepted.</param>
internal sealed record OpenAiOperationRules(string[] Members, string[] Required, bool Json = true, bool Form = false)
{
    private static readonly string[] ImageOptions =
        ["model", "n", "quality", "response_format", "output_format", "output_compression", "stream", "partial_images", "size", "moderation", "background", "user"];

    private static readonly Dictionary<string, OpenAiOperationRules> ByPath = new()
    {
        ["/v1/completions"] = new(
            ["model", "prompt", "best_of", "echo", "frequency_penalty", "logit_bias", "logprobs", "max_tokens", "n", "presence_penalty", "seed", "stop", "stream",
             "stream_options", "suffix", "temperature", "top_p", "user"],
            ["model", "prompt"]),
        ["/v1/embeddings"] = new(["input", "model", "encoding_format", "dimensions", "user"], ["model", "input"]),
        ["/v1/moderations"] = new(["input", "model"], ["input"]),
        ["/v1/images/generations"] = new([.. ImageOptions, "prompt", "style"], ["prompt"]),
        ["/v1/images/edits"] = new([.. ImageOptions, "prompt", "image", "image[]", "images", "mask", "input_fidelity"], ["prompt"], Form: true),
        ["/v1/images/variations"] = new(["image", "model", "n", "response_format", "size", "user"], ["image"], Json: false, Form: true),
        ["/v1/audio/transcriptions"] = new(
            ["file", "model", "language", "prompt", "response_format", "temperature", "include[]", "timestamp_granularities[]", "stream", "chunking_strategy"],
            ["file", "model"], Json: false, Form: true),
        ["/v1/audio/translations"] = new(["file", "model", "prompt", "response_format", "temperature"], ["file", "model"], Json: false, Form: true),
        ["/v1/audio/speech"] = new(["model", "input", "instructions", "voice", "response_format", "speed", "stream_format"], ["model", "input", "voice"]),
        // Not OpenAI's: https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html#re-rank-api
        ["/v1/rerank"] = new(["model", "query", "documents", "top_n", "truncate_prompt_tokens", "user"], ["query", "documents"]),
    };

    public static OpenAiOperationRules? Of(string path) => ByPath.GetValueOrDefault(path);

    public Reply? RefuseJson(JsonElement body)
    {
        if (!Json) return Bad("Invalid Content-Type header; expected multipart/form-data.");
        if (body.ValueKind is not JsonValueKind.Object) return Bad("Invalid body: expected an object.");
        foreach (var member in body.EnumerateObject())
        {
            if (!Members.Contains(member.Name)) return Bad($"Unknown parameter: '{member.Name}'.", member.Name);
            if (Wrong(member.Name, member.Value) is { } wrong) return Bad($"Invalid value for '{member.Name}': {wrong}.", member.Name);
        }

        return Array.Find(Required, name => !body.TryGetProperty(name, out _)) is { } missing ? Missing(missing) : null;
    }

    public Reply? RefuseForm(ReceivedRequest request)
    {
        if (!Form) return Bad("Invalid Content-Type header; expected application/json.");
        var parts = request.Form;
        foreach (var group in parts.GroupBy(part => part.Name))
        {
            if (!Members.Contains(group.Key)) return Bad($"Unknown parameter: '{group.Key}'.", group.Key);
            if (group.Count() > 1 && !group.Key.EndsWith("[]", StringComparison.Ordinal)) return Bad($"Duplicate parameter: '{group.Key}'.", group.Key);
        }

        if (Array.Find(Required, name => parts.All(part => part.Name != name)) is { } missing) return Missing(missing);
        return parts.FirstOrDefault(part => part.Name is "file" or "image" && part.FileName is null) is { } bare ? Bad($"'{bare.Name}' must be a file.", bare.Name) : null;
    }

    private static string? Wrong(string name, JsonElement value) => name switch
    {
        "encoding_format" when value.ValueKind is not JsonValueKind.String || value.GetString() is not ("float" or "base64") => "expected 'float' or 'base64'",
        "model" or "voice" or "query" when value.ValueKind is not JsonValueKind.String => "expected a string",
        "dimensions" or "n" or "max_tokens" or "top_n" when value.ValueKind is not JsonValueKind.Number => "expected an integer",
        "stream" when value.ValueKind is not (JsonValueKind.True or JsonValueKind.False) => "expected a boolean",
        "documents" when value.ValueKind is not JsonValueKind.Array => "expected an array",
        _ => null,
    };

    private static Reply Missing(string name) => Bad($"Missing required parameter: '{name}'.", name);

    private static Reply Bad(string message, string? param = null) => OpenAiReplies.Error(400, message, "invalid_request_error", param);
}
