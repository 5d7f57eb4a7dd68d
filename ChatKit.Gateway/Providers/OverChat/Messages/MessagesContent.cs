using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Wire.Anthropic;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.OverChat.Messages;

/// <summary>Blocks of content → parts: text, images (https://platform.claude.com/docs/en/build-with-claude/vision), documents, search results.</summary>
internal sealed class MessagesContent(ChatExtensions extensions, Uncarried uncarried)
{
    public GatewayError? Translate(IReadOnlyList<AskedBlock> blocks, string path, out List<ChatPart> parts)
    {
        parts = new List<ChatPart>(blocks.Count);
        for (var i = 0; i < blocks.Count; i++)
            if (Add(blocks[i] ?? new AskedBlock(), $"{path}[{i}]", parts) is { } wrong)
                return wrong;
        return null;
    }

    public GatewayError? Add(AskedBlock block, string path, List<ChatPart> parts)
    {
        foreach (var (name, value) in block.Others ?? [])
            if (value.ValueKind is not JsonValueKind.Null)
                uncarried.Lose($"{path}.{name}");
        switch (block.Type)
        {
            case "text":
                if (block.Text is null) return ChatRefusals.Invalid($"{path}.text", "A block of type 'text' needs its text.");
                parts.Add(Text(block.Text, block));
                return null;
            case "image":
                return AddImage(block, path, parts);
            case "document":
                return AddDocument(block, path, parts);
            case "search_result":
                parts.Add(Text($"{block.Title}\n{block.Source}", block with { CacheControl = null }));
                return AddAll(block.Content, $"{path}.content", parts);
            case null:
                return ChatRefusals.Invalid($"{path}.type", "A block of content needs a type.");
            default:
                return uncarried.Refuse($"{path}.{block.Type}");
        }
    }

    /// <summary>
    /// Text alone as one string: vendors that follow OpenAI loosely know no other content for some roles. Where breakpoints of the cache are understood, the blocks
    /// that they stand behind stay apart.
    /// </summary>
    public IReadOnlyList<ChatPart> Compact(List<ChatPart> parts) =>
        parts.Count == 1 || extensions.HasFlag(ChatExtensions.CacheControl) || !parts.TrueForAll(static part => part.Type is "text")
            ? parts
            : [new ChatPart { Type = "text", Text = string.Join("\n\n", parts.Select(static part => part.Text)) }];

    private GatewayError? AddAll(IReadOnlyList<AskedBlock>? blocks, string path, List<ChatPart> parts)
    {
        if (Translate(blocks ?? [], path, out var inner) is { } wrong) return wrong;
        parts.AddRange(inner);
        return null;
    }

    private GatewayError? AddImage(AskedBlock block, string path, List<ChatPart> parts)
    {
        if (Source(block, path, out var source) is { } wrong) return wrong;
        var url = source switch
        {
            { Type: "base64", MediaType: { } type, Data: { } data } => $"data:{type};base64,{data}",
            { Type: "url", Url: { Length: > 0 } address } => address,
            _ => null,
        };
        if (url is null) return uncarried.Refuse($"{path}.source");
        parts.Add(new ChatPart { Type = "image_url", ImageUrl = new ChatImage(url, null), CacheControl = Breakpoint(block) });
        return null;
    }

    private GatewayError? AddDocument(AskedBlock block, string path, List<ChatPart> parts)
    {
        if (Source(block, path, out var source) is { } wrong) return wrong;
        if (block.Citations is { ValueKind: JsonValueKind.Object } cited && cited.TryGetProperty("enabled", out var enabled) && enabled.ValueKind is JsonValueKind.True)
            uncarried.Lose($"{path}.citations");
        if (block.Context is { Length: > 0 } context) parts.Add(Text(context, new AskedBlock()));
        switch (source)
        {
            case { Type: "base64", MediaType: { } type, Data: { } data }:
                var file = new ChatFile($"data:{type};base64,{data}", block.Title ?? "document.pdf", null);
                parts.Add(new ChatPart { Type = "file", File = file, CacheControl = Breakpoint(block) });
                return null;
            case { Type: "text", Data: { } text }:
                parts.Add(Text(block.Title is { Length: > 0 } title ? $"{title}\n\n{text}" : text, block));
                return null;
            case { Type: "content", Content: { } content }:
                return AddAll(content, $"{path}.source.content", parts);
            default:
                return uncarried.Refuse($"{path}.source");
        }
    }

    private static GatewayError? Source(AskedBlock block, string path, out AskedSource? source)
    {
        source = null;
        if (block.Source is not { ValueKind: JsonValueKind.Object } given) return ChatRefusals.Invalid($"{path}.source", $"A block of type '{block.Type}' needs its source.");
        try
        {
            source = given.Deserialize(AnthropicJson.Default.AskedSource);
            return null;
        }
        catch (JsonException)
        {
            return ChatRefusals.Invalid($"{path}.source", $"Invalid type for '{path}.source'.");
        }
    }

    private ChatPart Text(string text, AskedBlock block) => new() { Type = "text", Text = text, CacheControl = Breakpoint(block) };

    private JsonElement? Breakpoint(AskedBlock block)
    {
        if (block.CacheControl is not { ValueKind: JsonValueKind.Object } asked) return null;
        if (extensions.HasFlag(ChatExtensions.CacheControl)) return asked;
        uncarried.Lose("cache_control");
        return null;
    }
}
