using System.Text.Json;
using System.Text.RegularExpressions;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Providers.Translation;

namespace ChatKit.Gateway.Providers.Bedrock;

/// <summary>A conversation → system prompt and turns, part by part → block by block.</summary>
internal sealed partial class ConverseTurns(ICollection<string> losses)
{
    /// <summary>The longest id of a call.</summary>
    private const int MaxToolId = 64;

    private readonly List<ConverseTurn> _turns = [];
    private readonly ConverseFiles _files = new(losses);

    public List<ConverseBlock> System { get; } = [];

    public IReadOnlyList<ConverseTurn> Turns => _turns;

    /// <summary>True where a turn calls a tool or answers a call.</summary>
    public bool HasTools { get; private set; }

    public GatewayError? Translate(Conversation conversation)
    {
        if (Add(conversation.System, System) is { } notInSystem) return notInSystem;
        foreach (var turn in conversation.Turns)
        {
            var blocks = new List<ConverseBlock>(turn.Parts.Count);
            if (Add(turn.Parts, blocks) is { } notInTurn) return notInTurn;
            if (blocks.Count > 0) _turns.Add(new ConverseTurn(turn.Role, blocks));
        }

        if (_turns.Count == 0) return ChatRefusals.Invalid("messages", "No message says anything that can be carried.");
        TrimPrefill(conversation.Turns[^1].Parts[^1].Path);
        return null;
    }

    /// <summary>Claude continues a final assistant turn, and refuses one that ends in white space.</summary>
    private void TrimPrefill(string path)
    {
        if (_turns[^1] is not { Role: "assistant", Content: [.., { Text: { } text }] blocks }) return;
        var trimmed = text.TrimEnd();
        if (trimmed.Length == text.Length) return;
        blocks[^1] = new ConverseBlock { Text = trimmed };
        losses.Add(path);
    }

    private GatewayError? Add(IEnumerable<ConversationPart> parts, List<ConverseBlock> blocks)
    {
        foreach (var part in parts)
        {
            if (Translate(part, out var block) is { } error) return error;
            if (block is not null) blocks.Add(block);
            if (CachePoints.Of(CacheControl(part)) is { } point) blocks.Add(new ConverseBlock { CachePoint = point });
        }

        return null;
    }

    /// <summary>A tool's answer is cached as a whole: a point inside it is one behind it.</summary>
    private static JsonElement? CacheControl(ConversationPart part) => part switch
    {
        Said said => said.Part.CacheControl,
        ToolAnswer answer => answer.Content.Select(static inner => inner.Part.CacheControl).LastOrDefault(static control => control is not null),
        _ => null,
    };

    private GatewayError? Translate(ConversationPart part, out ConverseBlock? block)
    {
        block = null;
        switch (part)
        {
            case Said said:
                return Content(said, out block);
            case Thought thought:
                block = Reasoning(thought);
                return null;
            case ToolUse use:
                HasTools = true;
                block = new ConverseBlock { ToolUse = new ConverseToolUse(ToolId(use.Id), use.Name) { Input = use.Arguments } };
                return null;
            case ToolAnswer answer:
                HasTools = true;
                var content = new List<ConverseBlock>(answer.Content.Count);
                if (Add(answer.Content, content) is { } error) return error;
                block = new ConverseBlock { ToolResult = new ConverseToolResult(ToolId(answer.CallId), [.. content.Where(static inner => inner.CachePoint is null)]) { Status = answer.IsError ? "error" : null } };
                return null;
            default:
                throw new InvalidOperationException($"A part of a conversation that is not known: {part.GetType().Name}.");
        }
    }

    private GatewayError? Content(Said said, out ConverseBlock? block)
    {
        block = said switch
        {
            { IsText: true } => new ConverseBlock { Text = said.Text },
            { Part: { Type: "guarded_text", Text: { Length: > 0 } text } } => new ConverseBlock { GuardContent = new ConverseGuarded(new ConverseGuardedText(text)) },
            _ => null,
        };
        return block is null ? _files.Translate(said, out block) : null;
    }

    /// <summary>Reasoning is taken back only with the model's own seal.</summary>
    private ConverseBlock? Reasoning(Thought thought)
    {
        switch (thought.Block)
        {
            case { Type: "thinking", Thinking: { } text, Signature: { Length: > 0 } signature }:
                return new ConverseBlock { ReasoningContent = new ConverseReasoning { ReasoningText = new ConverseReasoningText(text) { Signature = signature } } };
            case { Type: "redacted_thinking", Data: { Length: > 0 } data }:
                return new ConverseBlock { ReasoningContent = new ConverseReasoning { RedactedContent = data } };
            default:
                losses.Add(thought.Path);
                return null;
        }
    }

    /// <summary>Ids that another provider gave may be longer, or hold what Bedrock's may not. The same change on both sides keeps call and answer together.</summary>
    private static string ToolId(string id)
    {
        var known = ForeignInId().Replace(id, "_");
        return known.Length <= MaxToolId ? known : known[^MaxToolId..];
    }

    [GeneratedRegex("[^a-zA-Z0-9_.:-]")]
    private static partial Regex ForeignInId();
}
