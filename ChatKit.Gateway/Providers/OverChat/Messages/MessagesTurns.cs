using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Wire.Anthropic;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.OverChat.Messages;

/// <summary>
/// System prompt and turns → messages. The answers of tools, which here are blocks of the user's turn, become messages of their own, right behind the turn that
/// called; what else the user says comes after them.
/// </summary>
internal sealed class MessagesTurns(ChatExtensions extensions, Uncarried uncarried)
{
    private readonly MessagesContent _content = new(extensions, uncarried);

    public List<ChatMessage> Messages { get; } = [];

    public GatewayError? Translate(AskedMessages asked)
    {
        if (asked.System is { Count: > 0 } system)
        {
            if (_content.Translate(system, "system", out var parts) is { } wrongSystem) return wrongSystem;
            if (parts.Count > 0) Messages.Add(new ChatMessage { Role = "system", Content = _content.Compact(parts) });
        }

        for (var i = 0; i < asked.Messages?.Count; i++)
        {
            var turn = asked.Messages[i] ?? new AskedTurn();
            var path = $"messages[{i}]";
            var wrong = turn.Role switch
            {
                "user" => AddUser(turn.Content ?? [], path),
                "assistant" => AddAssistant(turn.Content ?? [], path),
                "system" => AddSystem(turn.Content ?? [], path),
                _ => ChatRefusals.Invalid($"{path}.role", "A message is of role 'user' or 'assistant'."),
            };
            if (wrong is not null) return wrong;
        }

        return null;
    }

    private GatewayError? AddSystem(IReadOnlyList<AskedBlock> blocks, string path)
    {
        if (_content.Translate(blocks, $"{path}.content", out var parts) is { } wrong) return wrong;
        if (parts.Count > 0) Messages.Add(new ChatMessage { Role = "system", Content = _content.Compact(parts) });
        return null;
    }

    private GatewayError? AddUser(IReadOnlyList<AskedBlock> blocks, string path)
    {
        var said = new List<ChatPart>();
        for (var i = 0; i < blocks.Count; i++)
        {
            var block = blocks[i] ?? new AskedBlock();
            var wrong = block.Type is "tool_result"
                ? AddToolResult(block, $"{path}.content[{i}]", said)
                : _content.Add(block, $"{path}.content[{i}]", said);
            if (wrong is not null) return wrong;
        }

        if (said.Count > 0) Messages.Add(new ChatMessage { Role = "user", Content = _content.Compact(said) });
        return null;
    }

    /// <summary>Chat has no mark for a failure, so the text says it. Pictures that a tool's answer cannot hold follow as the user's.</summary>
    private GatewayError? AddToolResult(AskedBlock result, string path, List<ChatPart> said)
    {
        if (result.ToolUseId is not { Length: > 0 } id) return ChatRefusals.Invalid($"{path}.tool_use_id", "A tool's result needs the id of the call that it answers.");
        if (_content.Translate(result.Content ?? [], $"{path}.content", out var parts) is { } wrong) return wrong;
        if (!extensions.HasFlag(ChatExtensions.ToolMedia) && parts.RemoveAll(static part => part.Type is not "text") is > 0 and var removed)
        {
            _content.Translate(result.Content!, $"{path}.content", out var all);
            said.Add(new ChatPart { Type = "text", Text = $"What the tool call {id} returned:" });
            said.AddRange(all.Where(static part => part.Type is not "text"));
        }

        if (result.IsError is true) parts.Insert(0, new ChatPart { Type = "text", Text = "Error:" });
        if (parts.Count == 0) parts.Add(new ChatPart { Type = "text", Text = "" });
        Messages.Add(new ChatMessage { Role = "tool", ToolCallId = id, Content = _content.Compact(parts) });
        return null;
    }

    private GatewayError? AddAssistant(IReadOnlyList<AskedBlock> blocks, string path)
    {
        var said = new List<ChatPart>();
        List<ChatToolCall>? calls = null;
        List<ChatThinkingBlock>? thoughts = null;
        for (var i = 0; i < blocks.Count; i++)
        {
            var (block, at) = (blocks[i] ?? new AskedBlock(), $"{path}.content[{i}]");
            switch (block.Type)
            {
                case "text":
                    // What it cited is known to nobody else.
                    if (_content.Add(block with { Citations = null }, at, said) is { } wrong) return wrong;
                    break;
                case "tool_use":
                    if (block is not { Id.Length: > 0, Name.Length: > 0 }) return ChatRefusals.Invalid(at, "A tool call needs an id and a name.");
                    (calls ??= []).Add(Call(block));
                    break;
                case "thinking" or "redacted_thinking":
                    Think(block, at, ref thoughts);
                    break;
                default:
                    uncarried.Lose($"{at}.{block.Type}");
                    break;
            }
        }

        if (said.Count == 0 && calls is null && thoughts is null) return null;
        var visible = thoughts is null ? null : string.Concat(thoughts.Select(static thought => thought.Thinking));
        Messages.Add(new ChatMessage
        {
            Role = "assistant",
            Content = said.Count > 0 ? _content.Compact(said) : null,
            ToolCalls = calls,
            ReasoningContent = string.IsNullOrEmpty(visible) ? null : visible,
            ThinkingBlocks = extensions.HasFlag(ChatExtensions.ThinkingBlocks) ? thoughts : null,
        });
        return null;
    }

    private static ChatToolCall Call(AskedBlock use) => new()
    {
        Id = use.Id,
        Type = "function",
        Function = new ChatFunctionCall(use.Name, use.Input is { ValueKind: JsonValueKind.Object } input ? input.GetRawText() : "{}"),
    };

    private void Think(AskedBlock block, string path, ref List<ChatThinkingBlock>? thoughts)
    {
        var isCarried = extensions.HasFlag(ChatExtensions.ThinkingBlocks) || (block.Type is "thinking" && extensions.HasFlag(ChatExtensions.Reasoning));
        if (isCarried) (thoughts ??= []).Add(new ChatThinkingBlock(block.Type) { Thinking = block.Thinking, Signature = block.Signature, Data = block.Data });
        else uncarried.Lose(path);
    }
}
