using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers;

/// <summary>
/// OpenAI's messages as most other dialects have them: a system prompt apart, and two roles that take turns. System and developer messages join the
/// system prompt wherever they stand; neighbours of one role become one turn; blank text, which those dialects refuse, is left out.
/// </summary>
internal sealed class Conversation
{
    private readonly List<ConversationPart> _system = [];
    private readonly List<ConversationTurn> _turns = [];

    private Conversation()
    {
    }

    public IReadOnlyList<ConversationPart> System => _system;

    public IReadOnlyList<ConversationTurn> Turns => _turns;

    /// <summary>Reads all messages, or says what is wrong with one. Members that only label are named in <paramref name="losses"/>.</summary>
    public static GatewayError? Read(IReadOnlyList<ChatMessage>? messages, ICollection<string> losses, out Conversation conversation)
    {
        conversation = new Conversation();
        for (var i = 0; i < messages?.Count; i++)
            if (conversation.Add(messages[i], i, isLast: i == messages.Count - 1, losses) is { } error)
                return error;
        return conversation._turns.Count > 0 ? null : ChatRefusals.Invalid("messages", "At least one message of role 'user' or 'assistant' must say something.");
    }

    private GatewayError? Add(ChatMessage? message, int index, bool isLast, ICollection<string> losses)
    {
        if (message?.Role is not ("system" or "developer" or "user" or "assistant")) return WrongRole(message?.Role, $"messages[{index}].role");
        var parts = new List<ConversationPart>(message.Content?.Count ?? 1);
        if (AddParts(message, index, parts, losses) is { } wrongPart) return wrongPart;
        if (Leave(message.Others, $"messages[{index}]", losses) is { } unsupported) return unsupported;

        if (message.Role is "system" or "developer") _system.AddRange(parts);
        else if (parts.Count > 0) Append(message.Role, parts);
        // Left out at the end, a blank question would have the model continue its own last answer.
        else if (isLast && message.Role is "user") return ChatRefusals.Invalid($"messages[{index}].content", "The last message says nothing.");
        return null;
    }

    private void Append(string role, List<ConversationPart> parts)
    {
        if (_turns.Count > 0 && _turns[^1].Role == role) _turns[^1].Parts.AddRange(parts);
        else _turns.Add(new ConversationTurn(role, parts));
    }

    private static GatewayError? AddParts(ChatMessage message, int index, List<ConversationPart> parts, ICollection<string> losses)
    {
        for (var i = 0; i < message.Content?.Count; i++)
        {
            var part = new ConversationPart(message.Content[i] ?? new ChatPart(), index, i);
            if (part.Value.Type is null) return ChatRefusals.Invalid($"{part.Path}.type", "A part of content needs a type.");
            if (Leave(part.Value.Others, part.Path, losses) is { } unsupported) return unsupported;
            if (!part.IsText || !string.IsNullOrWhiteSpace(part.Text)) parts.Add(part);
            else if (part.Text is null) return ChatRefusals.Invalid($"{part.Path}.{part.Value.Type}", $"A part of type '{part.Value.Type}' needs its text.");
            else if (part.Text.Length > 0) losses.Add(part.Path);
        }

        if (message.Content is null && !string.IsNullOrWhiteSpace(message.Refusal))
            parts.Add(new ConversationPart(new ChatPart { Type = "refusal", Refusal = message.Refusal }, index, 0));
        return null;
    }

    private static GatewayError WrongRole(string? role, string path) => role is "tool" or "function"
        ? ChatRefusals.UnsupportedValue(path, $"A message of role '{role}' cannot be carried to this provider.")
        : ChatRefusals.Invalid(path, "A message needs a role: 'system', 'developer', 'user', 'assistant' or 'tool'.");

    /// <summary>Members without a counterpart: a label may go, a call of a tool is part of the conversation.</summary>
    private static GatewayError? Leave(Dictionary<string, JsonElement>? others, string path, ICollection<string> losses)
    {
        if (others is null) return null;
        foreach (var (name, value) in others)
        {
            if (value.ValueKind is JsonValueKind.Null || (value.ValueKind is JsonValueKind.Array && value.GetArrayLength() == 0)) continue;
            if (name is "tool_calls" or "function_call") return ChatRefusals.UnsupportedParameter($"{path}.{name}", "this provider");
            losses.Add($"{path}.{name}");
        }

        return null;
    }
}

/// <summary>What one side said until the other spoke; <paramref name="Role"/> is <c>user</c> or <c>assistant</c>.</summary>
internal sealed record ConversationTurn(string Role, List<ConversationPart> Parts);

/// <summary>A part and where it stood in the client's request.</summary>
internal readonly record struct ConversationPart(ChatPart Value, int Message, int Index)
{
    public bool IsText => Value.Type is "text" or "refusal";

    public string? Text => Value.Type is "refusal" ? Value.Refusal : Value.Text;

    /// <summary>For errors and losses.</summary>
    public string Path => $"messages[{Message}].content[{Index}]";
}
