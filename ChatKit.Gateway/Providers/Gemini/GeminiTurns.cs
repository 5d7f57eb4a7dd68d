using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Wire.Gemini;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.Gemini;

/// <summary>
/// A conversation → contents. The answers of functions stand in a turn of their own, right behind the calls: Gemini counts them
/// (https://ai.google.dev/gemini-api/docs/function-calling#multi-turn).
/// </summary>
internal sealed class GeminiTurns(IReadOnlyList<ChatMessage> messages, GeminiModel model, GeminiHost host, ICollection<string> losses)
{
    private readonly List<GeminiContent> _contents = [];
    private readonly Dictionary<string, string> _functions = [];
    private readonly GeminiMedia _media = new(model, host, losses);

    public GeminiContent? System { get; private set; }

    public IReadOnlyList<GeminiContent> Contents => _contents;

    public GatewayError? Translate(Conversation conversation)
    {
        if (Instruct(conversation.System) is { } notInSystem) return notInSystem;
        foreach (var turn in conversation.Turns)
            if ((turn.Role is "assistant" ? Model(turn.Parts) : User(turn.Parts)) is { } notCarried)
                return notCarried;
        return _contents.Count > 0 ? null : ChatRefusals.Invalid("messages", "No message says anything that can be carried.");
    }

    private GatewayError? Instruct(IReadOnlyList<ConversationPart> system)
    {
        var parts = new List<GeminiPart>(system.Count);
        foreach (var part in system)
        {
            if (part is not Said { IsText: true } said) return ChatRefusals.UnsupportedValue(part.Path, $"{GeminiRequestTranslator.Name} takes only text as a system message.");
            parts.Add(Text(said));
        }

        if (parts.Count > 0) System = new GeminiContent(null, parts);
        return null;
    }

    private GatewayError? Model(List<ConversationPart> turn)
    {
        var parts = new List<GeminiPart>(turn.Count);
        foreach (var part in turn)
        {
            switch (part)
            {
                case Thought { Block: { Type: "thinking", Thinking: { Length: > 0 } text, Signature: null } }:
                    parts.Add(new GeminiPart { Text = text, Thought = true });
                    break;
                case Thought foreign:
                    // Sealed by another provider: Gemini's own signatures stand on calls and text.
                    losses.Add(foreign.Path);
                    break;
                case ToolUse use:
                    parts.Add(Call(use, isFirst: !parts.Exists(static earlier => earlier.FunctionCall is not null)));
                    break;
                case Said said when said.IsText:
                    parts.Add(Text(said) with { ThoughtSignature = IsLastText(turn, said) ? ThoughtSignature.OfText(messages[said.Message]) : null });
                    break;
                case Said said:
                    if (_media.Translate(said, out var medium) is { } error) return error;
                    parts.Add(medium!);
                    break;
            }
        }

        if (parts.Count > 0) _contents.Add(new GeminiContent("model", parts));
        return null;
    }

    private GatewayError? User(List<ConversationPart> turn)
    {
        var (answers, parts) = (new List<GeminiPart>(), new List<GeminiPart>(turn.Count));
        foreach (var part in turn)
        {
            var error = part is ToolAnswer answer ? Answer(answer, answers, parts) : Content((Said)part, parts);
            if (error is not null) return error;
        }

        if (answers.Count > 0) _contents.Add(new GeminiContent("user", answers));
        if (parts.Count > 0) _contents.Add(new GeminiContent("user", parts));
        return null;
    }

    private GatewayError? Content(Said said, List<GeminiPart> parts)
    {
        if (said.IsText)
        {
            parts.Add(Text(said));
            return null;
        }

        if (said.Part.CacheControl is not null) losses.Add($"{said.Path}.cache_control");
        if (_media.Translate(said, out var part) is { } error) return error;
        parts.Add(part!);
        return null;
    }

    /// <summary>Gemini caches by itself; a wish where is left out.</summary>
    private GeminiPart Text(Said said)
    {
        if (said.Part.CacheControl is not null) losses.Add($"{said.Path}.cache_control");
        return new GeminiPart { Text = said.Text };
    }

    private static bool IsLastText(List<ConversationPart> turn, Said said) =>
        ReferenceEquals(said, turn.FindLast(part => part is Said { IsText: true } other && other.Message == said.Message));

    /// <summary>Of calls made at once, the first has the signature; one that was never Gemini's gets the word that says so.</summary>
    private GeminiPart Call(ToolUse use, bool isFirst)
    {
        _functions[use.Id] = use.Name;
        var signature = ThoughtSignature.Of(messages[use.Message].ToolCalls![use.Index]);
        return new GeminiPart
        {
            FunctionCall = new GeminiFunctionCall(use.Name, use.Arguments) { Id = Id(use.Id) },
            ThoughtSignature = signature ?? (isFirst && model.RequiresSignatures ? ThoughtSignature.Unknown : null),
        };
    }

    /// <summary>Text is what the function returned, under the name that Google gives to it; where it is an object, it is the answer itself.</summary>
    private GatewayError? Answer(ToolAnswer answer, List<GeminiPart> answers, List<GeminiPart> beside)
    {
        if (!_functions.TryGetValue(answer.CallId, out var name))
            return ChatRefusals.Invalid($"messages[{answer.Message}].tool_call_id", "The message answers a call that no earlier message made.");
        var text = string.Concat(answer.Content.Where(static said => said.IsText).Select(static said => said.Text));
        var media = new List<GeminiPart>();
        foreach (var said in answer.Content.Where(static said => !said.IsText))
            if (Content(said, media) is { } error)
                return error;
        var isInside = model.HasRichParts && media.TrueForAll(static medium => medium.InlineData is not null);
        if (!isInside) beside.AddRange(media);
        answers.Add(new GeminiPart
        {
            FunctionResponse = new GeminiFunctionResponse(name, Response(text)) { Id = Id(answer.CallId), Parts = isInside && media.Count > 0 ? media : null },
        });
        return null;
    }

    /// <summary>Vertex AI's version 1 knows no ids: there calls and answers belong together by their order.</summary>
    private string? Id(string id) => host is GeminiHost.Studio ? id : null;

    private static JsonElement Response(string text) =>
        text.AsSpan().TrimStart().StartsWith('{') && ToolArguments.Read(text) is { } whole ? whole : JsonElement.Parse([.. "{\"output\":"u8, .. JsonText.Quote(text), .. "}"u8]);
}
