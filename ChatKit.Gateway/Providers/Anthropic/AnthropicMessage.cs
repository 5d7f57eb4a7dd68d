using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Wire.Anthropic;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.Anthropic;

/// <summary>The blocks of a whole answer, sorted into the members of OpenAI's message.</summary>
internal sealed class AnthropicMessage
{
    private readonly StringBuilder _text = new();
    private readonly List<ChatThinkingBlock> _thinking = [];
    private readonly List<ChatToolCall> _calls = [];
    private readonly List<ChatAnnotation> _annotations = [];
    private readonly List<IReadOnlyList<JsonElement>> _citations = [];
    private readonly List<JsonElement> _blocks = [];
    private bool _hasText;
    private bool _hasAnswerTool;

    /// <summary>True where the only call is the answer itself.</summary>
    public bool AnswersByTool => _hasAnswerTool && _calls.Count == 0;

    public void Add(AnswerBlock? block)
    {
        switch (block)
        {
            case null:
                break;
            case { Type: "text" }:
                AddText(block);
                break;
            case { Type: "thinking" or "redacted_thinking" }:
                _thinking.Add(AnthropicAnswerTranslator.Thinking(block));
                break;
            case { Type: "tool_use", Name: AnthropicFormat.ToolName }:
                _text.Append(block.Input?.GetRawText() ?? "{}");
                _hasText = _hasAnswerTool = true;
                break;
            case { Type: "tool_use" }:
                _calls.Add(AnthropicAnswerTranslator.Call(block, block.Input?.GetRawText() ?? "{}"));
                break;
            default:
                _blocks.Add(ServerBlocks.Whole(block));
                break;
        }
    }

    public ChatAnswer ToAnswer() => new(!_hasText && _calls.Count > 0 ? null : _text.ToString())
    {
        ReasoningContent = _thinking.Count > 0 ? string.Concat(_thinking.Select(static block => block.Thinking)) : null,
        ThinkingBlocks = _thinking.Count > 0 ? _thinking : null,
        ToolCalls = _calls.Count > 0 ? _calls : null,
        Annotations = _annotations.Count > 0 ? _annotations : null,
        ProviderSpecificFields = _citations.Count == 0 && _blocks.Count == 0 ? null : new ChatProviderFields
        {
            Citations = _citations.Count > 0 ? _citations : null,
            ContentBlocks = _blocks.Count > 0 ? _blocks : null,
        },
    };

    private void AddText(AnswerBlock block)
    {
        _hasText = true;
        var start = _citations.Count > 0 || block.Citations is { Count: > 0 } ? TextLength.Of(_text) : 0;
        _text.Append(block.Text);
        if (block.Citations is not { Count: > 0 } citations) return;
        _citations.Add(citations);
        _annotations.AddRange(AnthropicCitations.Annotations(citations, start, start + TextLength.Of(block.Text)));
    }
}
