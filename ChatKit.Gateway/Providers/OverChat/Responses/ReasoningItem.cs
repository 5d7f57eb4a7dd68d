using System.Buffers;
using System.Text;
using ChatKit.Gateway.Wire.OpenAi;
using ChatKit.Gateway.Wire.OpenAi.Responses;

namespace ChatKit.Gateway.Providers.OverChat.Responses;

/// <summary>A reasoning item in a stream: what is visible of it goes out as its summary, the signed blocks are sealed into it at its end.</summary>
internal sealed class ReasoningItem(ResponsesEventWriter events, ResponseIds ids)
{
    private readonly StringBuilder _text = new();
    private List<ChatThinkingBlock> _blocks = [];
    private string? _id;

    public void Add(string? text, IReadOnlyList<ChatThinkingBlock?> blocks, IBufferWriter<byte> output)
    {
        Open(output);
        foreach (var block in blocks)
            if (block is not null)
                Join(block);
        // Providers that send blocks say the same in plain words beside them, or not at all.
        var piece = text is { Length: > 0 } ? text : string.Concat(blocks.Select(static block => block?.Thinking));
        if (piece.Length == 0) return;
        if (_text.Length == 0)
            events.Say("response.reasoning_summary_part.added", _id!, static said => said with { SummaryIndex = 0, Part = new OutputPart("summary_text") { Text = "" } }, output);
        _text.Append(piece);
        events.Say("response.reasoning_summary_text.delta", _id!, said => said with { SummaryIndex = 0, Delta = piece }, output);
    }

    public void Close(IBufferWriter<byte> output)
    {
        if (_id is not { } id) return;
        var text = _text.ToString();
        if (text.Length > 0)
        {
            events.Say("response.reasoning_summary_text.done", id, said => said with { SummaryIndex = 0, Text = text }, output);
            events.Say("response.reasoning_summary_part.done", id, said => said with { SummaryIndex = 0, Part = new OutputPart("summary_text") { Text = text } }, output);
        }

        events.End(ResponsesAnswerTranslator.Reasoning(id, text, _blocks), output);
        (_id, _blocks) = (null, []);
        _text.Clear();
    }

    private void Open(IBufferWriter<byte> output)
    {
        if (_id is not null) return;
        _id = ids.Next("rs");
        events.Begin(new OutputItem(_id, "reasoning") { Summary = [] }, output);
    }

    /// <summary>A block comes in pieces, its signature last: they are one again.</summary>
    private void Join(ChatThinkingBlock piece)
    {
        if (piece.Type is not "redacted_thinking" && _blocks is [.., { Type: not "redacted_thinking", Signature: null or "" } open])
            _blocks[^1] = open with { Thinking = open.Thinking + piece.Thinking, Signature = piece.Signature };
        else
            _blocks.Add(piece);
    }
}
