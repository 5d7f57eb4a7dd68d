namespace ChatKit.Backend.Threads;

/// <summary>The place of a text where words were found, with a little of what stands around it.</summary>
internal static class Excerpts
{
    private const int Before = 40;
    private const int Behind = 120;

    /// <summary>Null where the words do not stand there.</summary>
    public static string? Around(string words, string text)
    {
        var at = text.IndexOf(words, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return null;
        var first = WholeCharacter(text, Math.Max(0, at - Before));
        var last = WholeCharacter(text, Math.Min(text.Length, at + words.Length + Behind));
        var excerpt = string.Join(' ', text[first..last].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return $"{(first > 0 ? "…" : "")}{excerpt}{(last < text.Length ? "…" : "")}";
    }

    /// <summary>Never between the halves of a surrogate pair.</summary>
    private static int WholeCharacter(string text, int at) => at > 0 && at < text.Length && char.IsLowSurrogate(text[at]) ? at - 1 : at;
}
