using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Wire.Anthropic;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.Anthropic;

/// <summary>
/// The blocks of a streamed message, which come one after the other → deltas of OpenAI's message. Null where an event adds nothing to it
/// (https://platform.claude.com/docs/en/build-with-claude/streaming#content-block-delta-types).
/// </summary>
internal sealed class AnthropicBlocks
{
    private AnswerBlock? _open;
    private StringBuilder? _serverInput;
    private List<JsonElement>? _citations;
    private bool _hasPieces;
    private bool _hasAnswerTool;
    private int _toolCalls;
    private int _length;
    private int _blockStart;

    /// <summary>True where the only call is the answer itself.</summary>
    public bool AnswersByTool => _hasAnswerTool && _toolCalls == 0;

    /// <summary>A block begins. Some are whole then.</summary>
    public ChatDelta? Start(AnswerBlock? block)
    {
        (_open, _hasPieces, _serverInput, _citations, _blockStart) = (block, false, null, null, _length);
        switch (block)
        {
            case null or { Type: "server_tool_use" or "mcp_tool_use" }:
                return null;
            case { Type: "text" }:
                return Text(block.Text);
            case { Type: "thinking" }:
                return Thought(block.Thinking);
            case { Type: "redacted_thinking" }:
                return new ChatDelta { ThinkingBlocks = [AnthropicAnswerTranslator.Thinking(block)] };
            case { Type: "tool_use", Name: AnthropicFormat.ToolName }:
                _hasAnswerTool = true;
                return null;
            case { Type: "tool_use" }:
                return new ChatDelta { ToolCalls = [AnthropicAnswerTranslator.Call(block, "") with { Index = _toolCalls++ }] };
            default:
                return Whole(block);
        }
    }

    public ChatDelta? Piece(MessagesDelta? delta)
    {
        switch (delta)
        {
            case { Type: "text_delta" }:
                return Text(delta.Text);
            case { Type: "thinking_delta" }:
                return Thought(delta.Thinking);
            case { Type: "signature_delta" }:
                return new ChatDelta { ThinkingBlocks = [new ChatThinkingBlock("thinking") { Thinking = "", Signature = delta.Signature }] };
            case { Type: "citations_delta", Citation: { } citation }:
                (_citations ??= []).Add(citation);
                return new ChatDelta { ProviderSpecificFields = new ChatProviderFields { Citation = citation } };
            case { Type: "input_json_delta", PartialJson: { Length: > 0 } piece }:
                return Input(piece);
            default:
                return null;
        }
    }

    /// <summary>The block is complete. A call without pieces of input has that of its start: mostly none, which for OpenAI is <c>{}</c> and not nothing.</summary>
    public ChatDelta? Stop()
    {
        var block = _open;
        _open = null;
        return block switch
        {
            { Type: "tool_use" } when !_hasPieces => Input(block, block.Input?.GetRawText() ?? "{}"),
            { Type: "server_tool_use" or "mcp_tool_use" } => Whole(block with { Input = ServerInput(block) }),
            _ when _citations is { } citations && AnthropicCitations.Annotations(citations, _blockStart, _length).ToList() is { Count: > 0 } annotations => new ChatDelta { Annotations = annotations },
            _ => null,
        };
    }

    private ChatDelta? Text(string? text)
    {
        if (text is not { Length: > 0 }) return null;
        _length += TextLength.Of(text);
        return new ChatDelta { Content = text };
    }

    private static ChatDelta? Thought(string? thought) => thought is { Length: > 0 }
        ? new ChatDelta { ReasoningContent = thought, ThinkingBlocks = [new ChatThinkingBlock("thinking") { Thinking = thought }] }
        : null;

    private ChatDelta? Input(string piece)
    {
        _hasPieces = true;
        if (_open is { Type: "tool_use" } call) return Input(call, piece);
        (_serverInput ??= new StringBuilder()).Append(piece);
        return null;
    }

    private ChatDelta Input(AnswerBlock call, string piece) => call.Name is AnthropicFormat.ToolName
        ? new ChatDelta { Content = piece }
        : new ChatDelta { ToolCalls = [new ChatToolCall { Index = _toolCalls - 1, Function = new ChatFunctionCall(null, piece) }] };

    private JsonElement? ServerInput(AnswerBlock block) => _serverInput is null ? block.Input : ToolArguments.Read(_serverInput.ToString()) ?? block.Input;

    private static ChatDelta Whole(AnswerBlock block) => new() { ProviderSpecificFields = new ChatProviderFields { ContentBlocks = [ServerBlocks.Whole(block)] } };
}
