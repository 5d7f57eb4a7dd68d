using System.Buffers;
using System.Text;
using ChatKit.Gateway.Wire.OpenAi;
using ChatKit.Gateway.Wire.OpenAi.Responses;

namespace ChatKit.Gateway.Providers.OverChat.Responses;

/// <summary>A message item in a stream: text, and a refusal as a part of its own.</summary>
internal sealed class MessageItem(ResponsesEventWriter events, ResponseIds ids)
{
    private readonly StringBuilder _text = new();
    private readonly List<OutputPart> _parts = [];
    private readonly List<OutputAnnotation> _annotations = [];
    private string? _id;
    private string? _open;

    public void Add(ChatReplyMessage delta, IBufferWriter<byte> output)
    {
        if (delta.Content?.Text is { Length: > 0 } text)
        {
            Open("output_text", output);
            _text.Append(text);
            events.Say("response.output_text.delta", _id!, said => said with { ContentIndex = _parts.Count, Delta = text, Logprobs = [] }, output);
        }

        foreach (var annotation in ResponsesAnswerTranslator.Annotations(delta.Annotations))
        {
            Open("output_text", output);
            events.Say("response.output_text.annotation.added", _id!, said => said with { ContentIndex = _parts.Count, AnnotationIndex = _annotations.Count, Annotation = annotation }, output);
            _annotations.Add(annotation);
        }

        if (delta.Refusal is not { Length: > 0 } refusal) return;
        Open("refusal", output);
        _text.Append(refusal);
        events.Say("response.refusal.delta", _id!, said => said with { ContentIndex = _parts.Count, Delta = refusal }, output);
    }

    public void Close(IBufferWriter<byte> output, bool isCut = false)
    {
        if (_id is not { } id) return;
        ClosePart(output);
        events.End(ResponsesAnswerTranslator.Message(id, [.. _parts], isCut), output);
        _id = null;
        _parts.Clear();
    }

    private void Open(string part, IBufferWriter<byte> output)
    {
        if (_open == part) return;
        if (_id is null)
        {
            _id = ids.Next("msg");
            events.Begin(new OutputItem(_id, "message") { Status = "in_progress", Role = "assistant", Content = [] }, output);
        }

        ClosePart(output);
        _open = part;
        events.Say("response.content_part.added", _id, said => said with { ContentIndex = _parts.Count, Part = Part("") }, output);
    }

    private void ClosePart(IBufferWriter<byte> output)
    {
        if (_open is null) return;
        var text = _text.ToString();
        if (_open is "refusal") events.Say("response.refusal.done", _id!, said => said with { ContentIndex = _parts.Count, Refusal = text }, output);
        else events.Say("response.output_text.done", _id!, said => said with { ContentIndex = _parts.Count, Text = text, Logprobs = [] }, output);
        events.Say("response.content_part.done", _id!, said => said with { ContentIndex = _parts.Count, Part = Part(text) }, output);
        _parts.Add(Part(text));
        _open = null;
        _text.Clear();
        _annotations.Clear();
    }

    private OutputPart Part(string text) => _open is "refusal" ? new OutputPart("refusal") { Refusal = text } : ResponsesAnswerTranslator.Text(text, [.. _annotations]);
}
