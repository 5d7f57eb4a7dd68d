namespace ChatKit.Backend.FileSearch;

/// <summary>Cuts a text into passages that overlap, so that what stands across a cut is whole in one of them. Cuts fall behind a paragraph, a line, a sentence or a word, in that order.</summary>
internal static class Passages
{
    private static readonly string[] Ends = ["\n\n", "\n", ". ", " "];

    public static IReadOnlyList<string> Of(string text, int size, int overlap)
    {
        var passages = new List<string>();
        var start = 0;
        while (start < text.Length)
        {
            var end = start + size >= text.Length ? text.Length : CutBefore(text, start, start + size);
            var passage = text[start..end].Trim();
            if (passage.Length > 0)
                passages.Add(passage);
            if (end == text.Length)
                break;
            start = Math.Max(start + 1, WordAt(text, end - overlap));
        }

        return passages;
    }

    /// <summary>The best place to end in the second half; never between the two halves of a character.</summary>
    private static int CutBefore(string text, int start, int limit)
    {
        var half = start + ((limit - start) / 2);
        foreach (var end in Ends)
        {
            if (text.LastIndexOf(end, limit - 1, limit - half, StringComparison.Ordinal) is >= 0 and var at)
                return at + end.Length;
        }

        return char.IsLowSurrogate(text[limit]) ? limit - 1 : limit;
    }

    /// <summary>The beginning of the word there, where it is near.</summary>
    private static int WordAt(string text, int at)
    {
        var space = at <= 0 ? -1 : text.LastIndexOf(' ', at, Math.Min(at, 40));
        if (space >= 0)
            return space + 1;
        return at > 0 && char.IsLowSurrogate(text[at]) ? at - 1 : at;
    }
}
