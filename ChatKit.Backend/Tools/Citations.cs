using System.Globalization;
using ChatKit.Backend.Protocol;

namespace ChatKit.Backend.Tools;

/// <summary>The sources of one turn that a model may cite, by number. The mark is one that no other text has: <c>【3】</c>.</summary>
internal sealed class Citations
{
    public const char Opening = '【';
    public const char Closing = '】';

    private readonly List<Source> _sources = [];

    public IReadOnlyList<Source> All
    {
        get
        {
            lock (_sources)
            {
                return [.. _sources];
            }
        }
    }

    /// <summary>The same source has the same mark.</summary>
    public string MarkOf(Source source)
    {
        lock (_sources)
        {
            var index = _sources.IndexOf(source);
            if (index < 0)
            {
                index = _sources.Count;
                _sources.Add(source);
            }

            return string.Create(CultureInfo.InvariantCulture, $"{Opening}{index + 1}{Closing}");
        }
    }

    /// <summary>The source of what stands between the brackets; null where it is no mark of ours.</summary>
    public Source? Find(ReadOnlySpan<char> mark)
    {
        lock (_sources)
        {
            return int.TryParse(mark, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= _sources.Count ? _sources[number - 1] : null;
        }
    }
}
