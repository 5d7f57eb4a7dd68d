using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.Translation;

/// <summary>
/// OpenAI's messages as most other dialects have them: a system prompt apart, and two roles that take turns. System and developer messages join the
/// system prompt wherever they stand; the answers of tools are the user's; neighbours of one role become one turn; blank text, which those dialects
/// refuse, is left out.
/// </summary>
internal sealed class Conversation
{
    private readonly List<ConversationPart> _system = [];
    private readonly List<ConversationTurn> _turns = [];
    private readonly ICollection<string> _losses;

    private Conversation(ICollection<string> losses) => _losses = losses;

    public IReadOnlyList<ConversationPart> System => _system;

    public IReadOnlyList<ConversationTurn> Turns => _turns;

    /// <summary>Reads all messages, or says what is wrong with one. Members that only label are named in <paramref name="losses"/>.</summary>
    public static GatewayError? Read(IReadOnlyList<ChatMessage>? messages, ICollection<string> losses, out Conversation conversation)
    {
        conversation = new Conversation(losses);
        for (var i = 0; i < messages?.Count; i++)
            if (conversation.Add(messages[i], i, isLast: i == messages.Count - 1) is { } error)
                return error;
        return conversation._turns.Count > 0 ? null : ChatRefusals.Invalid("messages", "At least one message of role 'user' or 'assistant' must say something.");
    }

    private GatewayError? Add(ChatMessage? message, int index, bool isLast)
    {
        var path = $"messages[{index}]";
        if (message is null) return ChatRefusals.Invalid(path, "A message is an object with a role and content.");
        if (message.FunctionCall is not null) return ChatRefusals.UnsupportedParameter($"{path}.function_call", "this provider; use 'tool_calls'");
        var isError = message.Role is "tool" && message.Others is not null && message.Others.Remove("is_error", out var flag) && flag.ValueKind is JsonValueKind.True;
        ChatParameters.LeaveOut(message.Others, path, _losses);
        var parts = new List<ConversationPart>(message.Content?.Count ?? 1);
        switch (message.Role)
        {
            case "system" or "developer":
                return AddContent(message, index, _system);
            case "user":
                if (AddContent(message, index, parts) is { } wrongContent) return wrongContent;
                // Left out at the end, a blank question would have the model continue its own last answer.
                if (isLast && parts.Count == 0) return ChatRefusals.Invalid($"{path}.content", "The last message says nothing.");
                break;
            case "assistant":
                if (AddAssistant(message, index, parts) is { } wrongAssistant) return wrongAssistant;
                break;
            case "tool":
                if (AddToolAnswer(message, index, isError, parts) is { } wrongAnswer) return wrongAnswer;
                break;
            case "function":
                return ChatRefusals.UnsupportedValue($"{path}.role", "The deprecated role 'function' is not carried; use 'tool'.");
            default:
                return ChatRefusals.Invalid($"{path}.role", "A message needs a role: 'system', 'developer', 'user', 'assistant' or 'tool'.");
        }

        Append(message.Role is "assistant" ? "assistant" : "user", parts);
        return null;
    }

    private void Append(string role, List<ConversationPart> parts)
    {
        if (parts.Count == 0) return;
        if (_turns.Count > 0 && _turns[^1].Role == role) _turns[^1].Parts.AddRange(parts);
        else _turns.Add(new ConversationTurn(role, parts));
    }

    /// <summary>Reasoning first, then text, then calls: the order in which models make them.</summary>
    private GatewayError? AddAssistant(ChatMessage message, int index, List<ConversationPart> parts)
    {
        for (var i = 0; i < message.ThinkingBlocks?.Count; i++) parts.Add(new Thought(message.ThinkingBlocks[i] ?? new ChatThinkingBlock(null as string), index, i));
        if (message is { ThinkingBlocks: null or { Count: 0 }, ReasoningContent.Length: > 0 }) _losses.Add($"messages[{index}].reasoning_content");
        if (AddContent(message, index, parts) is { } wrongContent) return wrongContent;
        if (message.Content is null && !string.IsNullOrWhiteSpace(message.Refusal))
            parts.Add(new Said(new ChatPart { Type = "refusal", Refusal = message.Refusal }, index, 0));
        for (var i = 0; i < message.ToolCalls?.Count; i++)
            if (AddToolUse(message.ToolCalls[i], index, i, parts) is { } wrongCall)
                return wrongCall;
        return null;
    }

    private static GatewayError? AddToolUse(ChatToolCall? call, int message, int index, List<ConversationPart> parts)
    {
        var path = $"messages[{message}].tool_calls[{index}]";
        if (call?.Type is not (null or "function")) return ChatRefusals.UnsupportedValue($"{path}.type", $"A tool call of type '{call.Type}' is not carried.");
        if (call is not { Id.Length: > 0, Function.Name.Length: > 0 }) return ChatRefusals.Invalid(path, "A tool call needs an id and the name of its function.");
        if (ToolArguments.Read(call.Function.Arguments) is not { } arguments)
            return ChatRefusals.Invalid($"{path}.function.arguments", "The arguments of a tool call are a JSON object in a string.");
        parts.Add(new ToolUse(SealedIds.Plain(call.Id), call.Function.Name, arguments, message, index));
        return null;
    }

    private GatewayError? AddToolAnswer(ChatMessage message, int index, bool isError, List<ConversationPart> parts)
    {
        if (message.ToolCallId is not { Length: > 0 } id) return ChatRefusals.Invalid($"messages[{index}].tool_call_id", "A message of role 'tool' needs the id of the call that it answers.");
        var content = new List<ConversationPart>();
        if (AddContent(message, index, content) is { } wrongContent) return wrongContent;
        parts.Add(new ToolAnswer(SealedIds.Plain(id), [.. content.Cast<Said>()], index) { IsError = isError });
        return null;
    }

    private GatewayError? AddContent(ChatMessage message, int index, List<ConversationPart> parts)
    {
        for (var i = 0; i < message.Content?.Count; i++)
        {
            var part = message.Content[i] ?? new ChatPart();
            // LiteLLM's clients mark a message; its last part is where the cache ends.
            if (message.CacheControl is not null && i == message.Content.Count - 1) part = part with { CacheControl = part.CacheControl ?? message.CacheControl };
            var said = new Said(part, index, i);
            if (said.Part.Type is null) return ChatRefusals.Invalid($"{said.Path}.type", "A part of content needs a type.");
            // What OpenAI does not know is a provider's own, for its dialect to take or to refuse as a whole.
            if (ChatParameters.IsPart(part.Type)) ChatParameters.LeaveOut(part.Others, said.Path, _losses);
            if (!said.IsText || !string.IsNullOrWhiteSpace(said.Text)) parts.Add(said);
            else if (said.Text is null) return ChatRefusals.Invalid($"{said.Path}.{said.Part.Type}", $"A part of type '{said.Part.Type}' needs its text.");
            else if (said.Text.Length > 0) _losses.Add(said.Path);
        }

        return null;
    }
}
