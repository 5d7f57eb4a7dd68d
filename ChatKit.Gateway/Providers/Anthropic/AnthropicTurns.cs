using System.Text.RegularExpressions;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Wire.Anthropic;

namespace ChatKit.Gateway.Providers.Anthropic;

/// <summary>A conversation → system prompt and turns, part by part → block by block.</summary>
internal sealed partial class AnthropicTurns(ICollection<string> losses)
{
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
                block = new ContentBlock { Type = "tool_result", ToolUseId = ToolId(answer.CallId), Content = content.Count > 0 ? content : null };
                return null;
            default:
                throw new InvalidOperationException($"A part of a conversation that is not known: {part.GetType().Name}.");
        }
    }

    private GatewayError? Content(Said said, out ContentBlock? block)
    {
        block = null;
        if (said.IsText) block = new ContentBlock { Type = "text", Text = said.Text, CacheControl = said.Part.CacheControl };
        else if (said.Part.Type is "image_url") return Image(said, out block);
        else if (said.Part.Type is "file") return Document(said, out block);
        else return ChatRefusals.UnsupportedValue(said.Path, $"Content of type '{said.Part.Type}' cannot be carried to {AnthropicRequestTranslator.Name}.");
        return null;
    }

    /// <summary>https://platform.claude.com/docs/en/build-with-claude/vision</summary>
    private GatewayError? Image(Said said, out ContentBlock? block)
    {
        block = null;
        var url = said.Part.ImageUrl?.Url;
        if (DataUrl.TryParse(url, out var data))
        {
            if (data.MediaType is not ("image/jpeg" or "image/png" or "image/gif" or "image/webp"))
                return ChatRefusals.UnsupportedValue($"{said.Path}.image_url.url", $"{AnthropicRequestTranslator.Name} reads JPEG, PNG, GIF and WebP images, not '{data.MediaType}'.");
        }
        else if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            return ChatRefusals.Invalid($"{said.Path}.image_url.url", "An image is a web address or a base64 data URL.");
        }

        if (said.Part.ImageUrl!.Detail is not (null or "auto")) losses.Add($"{said.Path}.image_url.detail");
        block = new ContentBlock { Type = "image", Source = data.Base64 is null ? new ContentSource("url") { Url = url } : Inline(data), CacheControl = said.Part.CacheControl };
        return null;
    }

    /// <summary>https://platform.claude.com/docs/en/build-with-claude/pdf-support</summary>
    private static GatewayError? Document(Said said, out ContentBlock? block)
    {
        block = null;
        if (!DataUrl.TryParse(said.Part.File?.FileData, out var data) || data.MediaType is not "application/pdf")
            return ChatRefusals.UnsupportedValue($"{said.Path}.file", $"{AnthropicRequestTranslator.Name} takes a file as 'file_data': a base64 data URL of a PDF.");
        block = new ContentBlock { Type = "document", Source = Inline(data), Title = said.Part.File!.Filename, CacheControl = said.Part.CacheControl };
        return null;
    }

    private static ContentSource Inline(in DataUrl data) => new("base64") { MediaType = data.MediaType, Data = data.Base64 };

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
