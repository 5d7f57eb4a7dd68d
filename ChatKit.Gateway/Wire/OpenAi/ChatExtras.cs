using System.Text.Json.Serialization;

namespace ChatKit.Gateway.Wire.OpenAi;

/// <summary>A picture in an answer, as a data URL: <c>{"type":"image_url","index":0,"image_url":{"url":"data:image/png;base64,…"}}</c></summary>
internal sealed record ChatMadeImage(int Index, ChatImage ImageUrl)
{
    [JsonPropertyOrder(-1)]
    public string Type { get; init; } = "image_url";
}

/// <summary>Speech in an answer (https://platform.openai.com/docs/guides/audio); <paramref name="Data"/> is base64.</summary>
internal sealed record ChatSpeech(string Id, string? Data, long ExpiresAt, string Transcript);

/// <summary>https://platform.openai.com/docs/api-reference/chat/object#chat-object-choices-logprobs</summary>
internal sealed record ChatLogprobs(IReadOnlyList<ChatLogprob> Content)
{
    /// <summary>Always null: OpenAI's refusals are text of their own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IReadOnlyList<ChatLogprob>? Refusal { get; init; }
}

internal sealed record ChatLogprob(string Token, double Logprob, IReadOnlyList<int> Bytes)
{
    public IReadOnlyList<ChatLogprob>? TopLogprobs { get; init; }
}
