using System.Text.Json;
using ChatKit.Gateway.Wire.Gemini;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.Gemini;

/// <summary>
/// The parts of one candidate as pieces of a chat message; a whole answer is one piece. Numbers its calls and pictures as they come, and gives an id to a call
/// that has none.
/// </summary>
internal sealed class GeminiParts(string answerId, int candidate, long created)
{
    private int _calls;
    private int _images;

    public bool HasCalls => _calls > 0;

    /// <summary>What the parts add; null where they say nothing.</summary>
    public ChatDelta? Read(GeminiContent? content)
    {
        var piece = new Piece();
        foreach (var part in content?.Parts ?? [])
            if (part is not null) Add(part, piece);
        return piece.ToDelta();
    }

    private void Add(GeminiPart part, Piece piece)
    {
        if (part.FunctionCall is { } call) piece.Calls.Add(Call(call, part.ThoughtSignature));
        else if (part.ThoughtSignature is { Length: > 0 } signature) piece.Signatures.Add(signature);
        if (part.Text is { Length: > 0 } text) (part.Thought is true ? piece.Thoughts : piece.Texts).Add(text);
        if (part.InlineData is { MimeType: { } type, Data: { } data })
        {
            if (type.StartsWith("audio/", StringComparison.Ordinal)) piece.Audio = new ChatSpeech($"audio-{answerId}", data, created + 24 * 60 * 60, "");
            else piece.Images.Add(new ChatMadeImage(_images++, new ChatImage($"data:{type};base64,{data}", "auto")));
        }

        if ((part.ExecutableCode ?? part.CodeExecutionResult) is { } code) piece.Code.Add(code);
    }

    private ChatToolCall Call(GeminiFunctionCall call, string? signature) => new()
    {
        Index = _calls++,
        Id = ThoughtSignature.IdWith(call.Id is { Length: > 0 } id ? id : $"call_{answerId}_{candidate}_{_calls - 1}", signature),
        Type = "function",
        Function = new ChatFunctionCall(call.Name, call.Args is { ValueKind: JsonValueKind.Object } args ? args.GetRawText() : "{}"),
        ProviderSpecificFields = signature is null ? null : JsonElement.Parse([.. "{\"thought_signature\":"u8, .. JsonText.Quote(signature), .. "}"u8]),
    };

    private sealed class Piece
    {
        public List<string> Texts { get; } = [];

        public List<string> Thoughts { get; } = [];

        public List<string> Signatures { get; } = [];

        public List<ChatToolCall> Calls { get; } = [];

        public List<ChatMadeImage> Images { get; } = [];

        public List<JsonElement> Code { get; } = [];

        public ChatSpeech? Audio { get; set; }

        public ChatDelta? ToDelta()
        {
            var isEmpty = Texts.Count + Thoughts.Count + Signatures.Count + Calls.Count + Images.Count + Code.Count == 0 && Audio is null;
            return isEmpty ? null : new ChatDelta
            {
                Content = Texts.Count > 0 ? string.Concat(Texts) : null,
                ReasoningContent = Thoughts.Count > 0 ? string.Concat(Thoughts) : null,
                ThinkingBlocks = Thoughts.Count > 0 ? [.. Thoughts.Select(static thought => new ChatThinkingBlock("thinking") { Thinking = thought })] : null,
                ToolCalls = Calls.Count > 0 ? Calls : null,
                Images = Images.Count > 0 ? Images : null,
                Audio = Audio,
                ProviderSpecificFields = Signatures.Count + Code.Count == 0 ? null : new ChatProviderFields
                {
                    ThoughtSignatures = Signatures.Count > 0 ? Signatures : null,
                    CodeExecution = Code.Count > 0 ? Code : null,
                },
            };
        }
    }
}
