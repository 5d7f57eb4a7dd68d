using System.Text;
using ChatKit.Backend.Protocol;
using ChatKit.Backend.Tools;

namespace ChatKit.Backend.Agent;

/// <summary>Takes the marks of sources (<c>【2】</c>, <c>【1, 3】</c>) out of a model's words as they stream, and says what they mark. Other brackets stay.</summary>
internal sealed class CitedText(Citations citations)
{
    private const int LongestMark = 24;

    private readonly StringBuilder _held = new();

    /// <summary>Words, each with the sources that follow them.</summary>
    public IEnumerable<(string Text, IReadOnlyList<Source> Sources)> Read(string piece)
    {
        if (_held.Length == 0 && !piece.Contains(Citations.Opening, StringComparison.Ordinal))
        {
            yield return (piece, []);
            yield break;
        }

        var text = _held.Append(piece).ToString();
        _held.Clear();
        var at = 0;
        while (text.IndexOf(Citations.Opening, at) is >= 0 and var open)
        {
            var close = text.IndexOf(Citations.Closing, open);
            if (close < 0)
            {
                // The mark may come in two pieces.
                var isMark = text.Length - open <= LongestMark;
                _held.Append(isMark ? text[open..] : "");
                yield return (isMark ? text[at..open] : text[at..], []);
                yield break;
            }

            var sources = Sources(text[(open + 1)..close]);
            yield return (text[at..(sources.Count > 0 ? open : close + 1)], sources);
            at = close + 1;
        }

        yield return (text[at..], []);
    }

    /// <summary>What was held back for a mark that never closed.</summary>
    public string Rest()
    {
        var rest = _held.ToString();
        _held.Clear();
        return rest;
    }

    private IReadOnlyList<Source> Sources(string mark)
    {
        var sources = mark.Split(',', StringSplitOptions.TrimEntries).Select(number => citations.Find(number)).ToList();
        return sources.Contains(null) ? [] : [.. sources.OfType<Source>()];
    }
}
