using System.Text.RegularExpressions;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Wire.Anthropic;

namespace ChatKit.Gateway.Providers.Anthropic;

/// <summary>A conversation → system prompt and turns, part by part → block by block.</summary>
internal sealed partial class AnthropicTurns(ParameterPolicy policy, ICollection<string> losses)
{
    private readonly AnthropicMedia _media = new(losses);
    private readonly List<MessagesTurn> _turns = [];

    public List<ContentBlock> System { get; } = [];

    public IReadOnlyList<MessagesTurn> Turns => _turns;

    public GatewayError? Translate(Conversation conversation)
    {
        if (Add(conversation.System, System) is { } notInSystem) return notInSystem;
        foreach (var turn in conversation.Turns)
        {
            var blocks = new List<ContentBlock>(turn.Parts.Count);
            if (Add(turn.Parts, blocks) is { } notInTurn) return notInTurn;
            if (blocks.Count > 0) _turns.Add(new MessagesTurn(turn.Role, blocks));
        }

        if (_turns.Count == 0) return ChatRefusals.Invalid("messages", "No message says anything that can be carried.");
        // A conversation that the assistant begins is refused.
        if (policy.Repairs && _turns[0].Role is "assistant") _turns.Insert(0, new MessagesTurn("user", [new ContentBlock { Type = "text", Text = "Please continue." }]));
        TrimPrefill(conversation.Turns[^1].Parts[^1].Path);
        return null;
    }

    private GatewayError? Add(IReadOnlyList<ConversationPart> parts, List<ContentBlock> blocks)
    {
        foreach (var part in parts)
        {
            if (Translate(part, out var block) is { } error) return error;
            if (block is not null) blocks.Add(block);
        }

        return null;
    }

    private GatewayError? Translate(ConversationPart part, out ContentBlock? block)
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
                block = new ContentBlock { Type = "tool_use", Id = ToolId(use.Id), Name = use.Name, Input = use.Arguments };
                return null;
            case ToolAnswer answer:
                var content = new List<ContentBlock>(answer.Content.Count);
                if (Add(answer.Content, content) is { } error) return error;
                block = new ContentBlock { Type = "tool_result", ToolUseId = ToolId(answer.CallId), Content = content.Count > 0 ? content : null, IsError = answer.IsError ? true : null };
                return null;
            default:
                throw new InvalidOperationException($"A part of a conversation that is not known: {part.GetType().Name}.");
        }
    }

    private GatewayError? Content(Said said, out ContentBlock? block)
    {
        block = null;
        switch (said.Part.Type)
        {
            case "text" or "refusal":
                block = new ContentBlock { Type = "text", Text = said.Text, CacheControl = said.Part.CacheControl };
                return null;
            case "image_url":
                return _media.Image(said, out block);
            case "file":
                return AnthropicMedia.File(said, out block);
            case "document" or "image" or "search_result":
            case var server when ServerBlocks.IsServers(server):
                block = new ContentBlock { Type = said.Part.Type!, CacheControl = said.Part.CacheControl, Others = said.Part.Others };
                return null;
            default:
                return ChatRefusals.UnsupportedValue(said.Path, $"Content of type '{said.Part.Type}' cannot be carried to {AnthropicRequestTranslator.Name}.");
        }
    }

    /// <summary>Reasoning is taken back only with the provider's own seal.</summary>
    private ContentBlock? Reasoning(Thought thought)
    {
        switch (thought.Block)
        {
            case { Type: "thinking", Thinking: { } text, Signature: { Length: > 0 } signature }:
                return new ContentBlock { Type = "thinking", Thinking = text, Signature = signature };
            case { Type: "redacted_thinking", Data: { Length: > 0 } data }:
                return new ContentBlock { Type = "redacted_thinking", Data = data };
            default:
                losses.Add(thought.Path);
                return null;
        }
    }

    /// <summary>Ids that another provider gave may hold what Anthropic's may not. The same change on both sides keeps call and answer together.</summary>
    private static string ToolId(string id) => ForeignInId().Replace(id, "_");

    /// <summary>Anthropic continues a final assistant turn, and refuses one that ends in white space.</summary>
    private void TrimPrefill(string path)
    {
        if (_turns[^1] is not { Role: "assistant", Content: [.., { Type: "text", Text: { } text } last] blocks }) return;
        var trimmed = text.TrimEnd();
        if (trimmed.Length == text.Length) return;
        blocks[^1] = last with { Text = trimmed };
        losses.Add(path);
    }

    [GeneratedRegex("[^a-zA-Z0-9_-]")]
    private static partial Regex ForeignInId();
}
