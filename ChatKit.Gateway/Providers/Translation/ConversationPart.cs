using System.Text.Json;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.Translation;

/// <summary>What one side said until the other spoke; <paramref name="Role"/> is <c>user</c> or <c>assistant</c>.</summary>
internal sealed record ConversationTurn(string Role, List<ConversationPart> Parts);

/// <summary>A piece of a turn, and where it stood in the client's request.</summary>
internal abstract record ConversationPart(int Message, int Index)
{
    /// <summary>For errors and losses.</summary>
    public abstract string Path { get; }
}

/// <summary>Content: text, a refusal, an image, a file …</summary>
internal sealed record Said(ChatPart Part, int Message, int Index) : ConversationPart(Message, Index)
{
    public bool IsText => Part.Type is "text" or "refusal";

    public string? Text => Part.Type is "refusal" ? Part.Refusal : Part.Text;

    public override string Path => $"messages[{Message}].content[{Index}]";
}

/// <summary>The assistant's own reasoning, coming back.</summary>
internal sealed record Thought(ChatThinkingBlock Block, int Message, int Index) : ConversationPart(Message, Index)
{
    public override string Path => $"messages[{Message}].thinking_blocks[{Index}]";
}

/// <summary>The assistant called a tool, with an object of arguments.</summary>
internal sealed record ToolUse(string Id, string Name, JsonElement Arguments, int Message, int Index) : ConversationPart(Message, Index)
{
    public override string Path => $"messages[{Message}].tool_calls[{Index}]";
}

/// <summary>The tool's answer.</summary>
internal sealed record ToolAnswer(string CallId, IReadOnlyList<Said> Content, int Message) : ConversationPart(Message, 0)
{
    /// <summary>The tool failed, and the content says how: an extension of the clients that know providers with a word for it.</summary>
    public bool IsError { get; init; }

    public override string Path => $"messages[{Message}]";
}
