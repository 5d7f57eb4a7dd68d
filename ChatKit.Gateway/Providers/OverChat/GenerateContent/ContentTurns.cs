using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Wire.Gemini;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.OverChat.GenerateContent;

/// <summary>
/// System instruction and contents → messages. Chat tells calls apart by ids, which Gemini's clients need not have: then a call gets one, and an answer belongs to
/// the first unanswered call of its function.
/// </summary>
internal sealed class ContentTurns(ChatExtensions extensions, Uncarried uncarried)
{
    private readonly List<(string Id, string Name)> _unanswered = [];
    private readonly ContentMedia _media = new(uncarried);
    private int _calls;

    public List<ChatMessage> Messages { get; } = [];

    public GatewayError? Translate(GenerateContentRequest asked)
    {
        if (asked.SystemInstruction?.Parts is { Count: > 0 } system)
            Messages.Add(new ChatMessage { Role = "system", Content = [.. system.Where(static part => part?.Text is not null).Select(static part => new ChatPart { Type = "text", Text = part.Text })] });
        for (var i = 0; i < asked.Contents?.Count; i++)
        {
            var path = $"contents[{i}]";
            var content = asked.Contents[i] ?? new GeminiContent(null, null);
            // Clients that keep a streamed answer keep it event by event.
            while (content.Role is "model" && i + 1 < asked.Contents.Count && asked.Contents[i + 1]?.Role is "model")
                content = content with { Parts = [.. content.Parts ?? [], .. asked.Contents[++i].Parts ?? []] };
            if (content.Parts is not { Count: > 0 } parts) return ChatRefusals.Invalid($"{path}.parts", "A content needs parts.");
            var wrong = content.Role switch
            {
                "model" => AddModel(parts, path),
                "user" or "function" or null => AddUser(parts, path),
                _ => ChatRefusals.Invalid($"{path}.role", "A role is 'user' or 'model'."),
            };
            if (wrong is not null) return wrong;
        }

        return Messages.Count > 0 ? null : ChatRefusals.Invalid("contents", "'contents' must not be empty.");
    }

    private GatewayError? AddUser(IReadOnlyList<GeminiPart> parts, string path)
    {
        var said = new List<ChatPart>();
        for (var i = 0; i < parts.Count; i++)
        {
            var at = $"{path}.parts[{i}]";
            var part = parts[i] ?? new GeminiPart();
            if (part.FunctionResponse is { } answer)
            {
                if (AddAnswer(answer, at) is { } unknown) return unknown;
            }
            else if (part.Text is { } text) said.Add(new ChatPart { Type = "text", Text = text });
            else if (_media.Translate(part, at, out var given) is { } refused) return refused;
            else if (given is not null) said.Add(given);
        }

        if (said.Count > 0) Messages.Add(new ChatMessage { Role = "user", Content = said });
        return null;
    }

    private GatewayError? AddModel(IReadOnlyList<GeminiPart> parts, string path)
    {
        var (texts, thoughts, calls) = (new List<string>(), new List<GeminiPart>(), new List<ChatToolCall>());
        for (var i = 0; i < parts.Count; i++)
        {
            var part = parts[i] ?? new GeminiPart();
            if (part.FunctionCall is { } call)
            {
                if (call.Name is not { Length: > 0 }) return ChatRefusals.Invalid($"{path}.parts[{i}].functionCall.name", "A call needs the name of its function.");
                calls.Add(Call(call));
            }
            else if (part.Thought is true) thoughts.Add(part);
            else if (part.Text is { } text) texts.Add(text);
            else uncarried.Lose($"{path}.parts[{i}]");
        }

        Messages.Add(Think(thoughts, path, new ChatMessage
        {
            Role = "assistant",
            Content = texts.Count > 0 ? [new ChatPart { Type = "text", Text = string.Concat(texts) }] : null,
            ToolCalls = calls.Count > 0 ? calls : null,
        }));
        return null;
    }

    /// <summary>Sealed reasoning goes back to who sealed it; plain reasoning to those who ask for it.</summary>
    private ChatMessage Think(List<GeminiPart> thoughts, string path, ChatMessage message)
    {
        if (thoughts.Count == 0) return message;
        if (extensions.HasFlag(ChatExtensions.ThinkingBlocks))
            return message with { ThinkingBlocks = Blocks(thoughts) };
        if (extensions.HasFlag(ChatExtensions.Reasoning)) return message with { ReasoningContent = string.Concat(thoughts.Select(static part => part.Text)) };
        uncarried.Lose($"{path}.parts[*].thought");
        return message;
    }

    /// <summary>A seal closes all that was thought before it.</summary>
    private static List<ChatThinkingBlock> Blocks(List<GeminiPart> thoughts)
    {
        var (blocks, text) = (new List<ChatThinkingBlock>(), new StringBuilder());
        foreach (var part in thoughts)
        {
            text.Append(part.Text);
            if (part.ThoughtSignature is not { Length: > 0 } seal) continue;
            blocks.Add(new ChatThinkingBlock("thinking") { Thinking = text.ToString(), Signature = seal });
            text.Clear();
        }

        if (text.Length > 0) blocks.Add(new ChatThinkingBlock("thinking") { Thinking = text.ToString() });
        return blocks;
    }

    private ChatToolCall Call(GeminiFunctionCall call)
    {
        var id = call.Id is { Length: > 0 } given ? given : $"call_{_calls}";
        _calls++;
        _unanswered.Add((id, call.Name!));
        return new ChatToolCall { Id = id, Type = "function", Function = new ChatFunctionCall(call.Name, call.Args is { ValueKind: JsonValueKind.Object } args ? args.GetRawText() : "{}") };
    }

    private GatewayError? AddAnswer(GeminiFunctionResponse answer, string path)
    {
        var at = answer.Id is { Length: > 0 } id ? _unanswered.FindIndex(call => call.Id == id) : _unanswered.FindIndex(call => call.Name == answer.Name);
        if (at < 0) return ChatRefusals.Invalid($"{path}.functionResponse", $"There is no unanswered call of '{answer.Name}' that this could answer.");
        var content = new List<ChatPart> { new() { Type = "text", Text = Text(answer.Response) } };
        for (var i = 0; i < answer.Parts?.Count; i++)
        {
            var inner = $"{path}.functionResponse.parts[{i}]";
            if (!extensions.HasFlag(ChatExtensions.ToolMedia)) uncarried.Lose(inner);
            else if (_media.Translate(answer.Parts[i] ?? new GeminiPart(), inner, out var given) is { } refused) return refused;
            else if (given is not null) content.Add(given);
        }

        Messages.Add(new ChatMessage { Role = "tool", ToolCallId = _unanswered[at].Id, Content = content });
        _unanswered.RemoveAt(at);
        return null;
    }

    /// <summary>Text that was put under Google's name for it is that text; anything else stays the object that it is.</summary>
    private static string Text(JsonElement? response) =>
        response is not { ValueKind: JsonValueKind.Object } given ? ""
        : given.GetPropertyCount() == 1 && given.TryGetProperty("output", out var output) && output.ValueKind is JsonValueKind.String ? output.GetString()!
        : given.GetRawText();
}
