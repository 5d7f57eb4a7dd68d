using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Wire.OpenAi;
using ChatKit.Gateway.Wire.OpenAi.Responses;

namespace ChatKit.Gateway.Providers.OverChat.Responses;

/// <summary>
/// Instructions and input items → messages. What the assistant thought, said and called stands in items of its own here, and in one message there: neighbours
/// are put together again, in the order in which models make them.
/// </summary>
internal sealed class ResponsesItems(ChatExtensions extensions, Uncarried uncarried)
{
    private readonly ResponsesContent _content = new(uncarried);
    private readonly List<ChatPart> _returned = [];
    private AssistantTurn _turn = new();

    public List<ChatMessage> Messages { get; } = [];

    public GatewayError? Translate(AskedResponse asked)
    {
        if (asked.Instructions is { Length: > 0 } instructions) Messages.Add(new ChatMessage { Role = "system", Content = [new ChatPart { Type = "text", Text = instructions }] });
        for (var i = 0; i < asked.Input?.Count; i++)
            if (Add(asked.Input[i] ?? new AskedItem(), $"input[{i}]") is { } wrong)
                return wrong;
        FlushTurn();
        FlushReturned();
        return Messages.Count > 0 ? null : ChatRefusals.Invalid("input", "The input says nothing.");
    }

    private GatewayError? Add(AskedItem item, string path)
    {
        if (item.Type is not "function_call_output") FlushReturned();
        switch (item.Type)
        {
            case null or "message":
                return item.Role is "assistant" ? AddAssistant(item, path) : AddMessage(item, path);
            case "reasoning":
                if (_turn.HasSaid) FlushTurn();
                Think(item, path);
                return null;
            case "function_call":
                if (item is not { CallId.Length: > 0, Name.Length: > 0 }) return ChatRefusals.Invalid(path, "A function call needs a 'call_id' and a 'name'.");
                _turn.Calls.Add(new ChatToolCall { Id = item.CallId, Type = "function", Function = new ChatFunctionCall(item.Name, item.Arguments ?? "{}") });
                return null;
            case "function_call_output":
                return AddOutput(item, path);
            case "item_reference":
                return uncarried.Refuse($"{path}.item_reference");
            default:
                // What OpenAI's own tools did, in a conversation that began there.
                uncarried.Lose($"{path}.{item.Type}");
                return null;
        }
    }

    private GatewayError? AddMessage(AskedItem item, string path)
    {
        if (item.Role is not ("user" or "system" or "developer")) return ChatRefusals.Invalid($"{path}.role", "A message is of role 'user', 'assistant', 'system' or 'developer'.");
        if (_content.Translate(item.Content, $"{path}.content", out var parts) is { } wrong) return wrong;
        FlushTurn();
        Messages.Add(new ChatMessage { Role = item.Role, Content = parts });
        return null;
    }

    private GatewayError? AddAssistant(AskedItem item, string path)
    {
        if (_content.Translate(item.Content, $"{path}.content", out var parts) is { } wrong) return wrong;
        if (_turn.HasSaid) FlushTurn();
        _turn.Said.AddRange(parts);
        return null;
    }

    /// <summary>Pictures that a tool's answer cannot hold follow as the user's.</summary>
    private GatewayError? AddOutput(AskedItem item, string path)
    {
        if (item.CallId is not { Length: > 0 } id) return ChatRefusals.Invalid($"{path}.call_id", "A function's output needs the 'call_id' that it answers.");
        if (_content.Translate(item.Output, $"{path}.output", out var parts) is { } wrong) return wrong;
        FlushTurn();
        var media = extensions.HasFlag(ChatExtensions.ToolMedia) ? [] : parts.FindAll(static part => part.Type is not "text");
        parts.RemoveAll(media.Contains);
        Messages.Add(new ChatMessage { Role = "tool", ToolCallId = id, Content = parts.Count > 0 ? parts : [new ChatPart { Type = "text", Text = "" }] });
        if (media.Count > 0) _returned.AddRange([new ChatPart { Type = "text", Text = $"What the tool call {id} returned:" }, .. media]);
        return null;
    }

    private void Think(AskedItem item, string path)
    {
        var blocks = SealedReasoning.Read(item.EncryptedContent);
        var text = string.Concat(item.Summary?.Select(static part => part?.Text) ?? []);
        if (blocks is not null && extensions.HasFlag(ChatExtensions.ThinkingBlocks)) _turn.Thoughts.AddRange(blocks);
        if (text.Length > 0 && (extensions & (ChatExtensions.Reasoning | ChatExtensions.ThinkingBlocks)) != 0) _turn.Thought += text;
        else if (blocks is null || !extensions.HasFlag(ChatExtensions.ThinkingBlocks)) uncarried.Lose(path);
    }

    private void FlushTurn()
    {
        if (_turn.ToMessage() is { } message) Messages.Add(message);
        _turn = new AssistantTurn();
    }

    /// <summary>Behind the answers of all tools, which stand together.</summary>
    private void FlushReturned()
    {
        if (_returned.Count == 0) return;
        Messages.Add(new ChatMessage { Role = "user", Content = [.. _returned] });
        _returned.Clear();
    }
}
