using System.Text;
using ChatKit.Backend.Protocol;

namespace ChatKit.Backend.Turns;

/// <summary>A message of the assistant that is being written. It is stored when it ends; one without a word never was.</summary>
public sealed class MessageWriter
{
    private readonly AnswerWriter _answer;
    private readonly StringBuilder _text = new();
    private readonly List<Annotation> _annotations = [];
    private readonly AssistantMessage _item;
    private bool _ended;

    internal MessageWriter(AnswerWriter answer)
    {
        _answer = answer;
        _item = new AssistantMessage { Id = Ids.Message(), ThreadId = answer.Thread.Id, CreatedAt = answer.Time.GetUtcNow(), Content = [] };
    }

    /// <summary>How many characters it has.</summary>
    public int Length => _text.Length;

    /// <summary>What it says so far.</summary>
    public string Text => _text.ToString();

    /// <summary>Adds Markdown to its end.</summary>
    public async Task WriteAsync(string piece)
    {
        if (piece.Length == 0)
            return;
        if (_text.Length == 0)
        {
            await _answer.SendAsync(new ItemAdded(_item));
            await _answer.SendAsync(new ItemUpdated(_item.Id, new ContentPartAdded(0, OutputText.Blank)));
        }

        _text.Append(piece);
        await _answer.SendAsync(new ItemUpdated(_item.Id, new TextDelta(0, piece)));
    }

    /// <summary>Says where it comes from: a page, a file or an entity, shown behind a character of it; behind the last one unless told.</summary>
    public async Task CiteAsync(Source source, int? index = null)
    {
        if (_text.Length == 0)
            return;
        var annotation = new Annotation(source, index ?? _text.Length);
        _annotations.Add(annotation);
        await _answer.SendAsync(new ItemUpdated(_item.Id, new AnnotationAdded(0, _annotations.Count - 1, annotation)));
    }

    /// <summary>Completes and stores it.</summary>
    public async Task EndAsync()
    {
        if (_ended || _text.Length == 0)
            return;
        _ended = true;
        var content = new OutputText(_text.ToString(), [.. _annotations]);
        await _answer.SendAsync(new ItemUpdated(_item.Id, new ContentPartDone(0, content)));
        await _answer.SendAsync(new ItemDone(_item with { Content = [content] }));
    }
}
