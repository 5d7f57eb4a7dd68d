using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.OverChat.Responses;

/// <summary>The assistant's message while its items are put together.</summary>
internal sealed class AssistantTurn
{
    public List<ChatPart> Said { get; } = [];

    public List<ChatToolCall> Calls { get; } = [];

    public List<ChatThinkingBlock> Thoughts { get; } = [];

    public string? Thought { get; set; }

    /// <summary>More text or reasoning would be another message.</summary>
    public bool HasSaid => Said.Count > 0 || Calls.Count > 0;

    /// <summary>Null where the assistant did nothing.</summary>
    public ChatMessage? ToMessage() => !HasSaid && Thoughts.Count == 0 && Thought is null ? null : new ChatMessage
    {
        Role = "assistant",
        Content = Said.Count > 0 ? Said : null,
        ToolCalls = Calls.Count > 0 ? Calls : null,
        ReasoningContent = Thought,
        ThinkingBlocks = Thoughts.Count > 0 ? Thoughts : null,
    };
}
