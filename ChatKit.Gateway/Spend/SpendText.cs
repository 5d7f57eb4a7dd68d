using System.Text;

namespace ChatKit.Gateway.Spend;

/// <summary>
/// Names that clients give, as a database takes them: no NUL, which PostgreSQL refuses, no half of a surrogate pair, and no longer than its column. One bad name
/// must not hold up everybody's settlements.
/// </summary>
internal static class SpendText
{
    /// <summary>Of names that are looked up.</summary>
    public const int LongestName = 256;

    public static string? Clean(string? text, int longest = LongestName)
    {
        if (text is null || text.Length == 0) return null;
        if (text.Length <= longest && !text.AsSpan().ContainsAnyInRange('\0', '\0') && !HasSurrogate(text)) return text;
        var clean = new StringBuilder(Math.Min(text.Length, longest));
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength > longest) break;
            if (rune.Value != 0) clean.Append(rune.ToString());
        }

        return clean.ToString();
    }

    private static bool HasSurrogate(string text) => text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF');
}
