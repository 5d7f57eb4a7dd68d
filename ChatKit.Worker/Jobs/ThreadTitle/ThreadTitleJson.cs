using System.Text.Json.Serialization;

namespace ChatKit.Worker.Jobs.ThreadTitle;

/// <summary><c>{"thread_id":"thr_…"}</c></summary>
internal sealed record ThreadTitlePayload(string ThreadId);

/// <summary>
/// What the title needs of a stored item:
/// <code>{"type":"user_message","content":[{"type":"input_text","text":"Hi"}],"inference_options":{"model":"gpt-4o"}, …}</code>
/// <code>{"type":"assistant_message","content":[{"type":"output_text","text":"Hello!"}], …}</code>
/// </summary>
internal sealed record StoredMessage(IReadOnlyList<StoredPart> Content, StoredInferenceOptions? InferenceOptions = null)
{
    public string Text => string.Join(' ', Content.Select(part => part.Text)).Trim();
}

internal sealed record StoredPart(string? Text = null);

internal sealed record StoredInferenceOptions(string? Model = null);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ThreadTitlePayload))]
[JsonSerializable(typeof(StoredMessage))]
internal sealed partial class ThreadTitleJson : JsonSerializerContext;
