using System.Text;

namespace ChatKit.Backend.Threads;

/// <summary>
/// The SQL pattern that finds at least all rows that hold some words, in whatever case. Both databases fold the letters of ASCII alone (PostgreSQL under the
/// collation that our columns have), so any other character stands for any: what it is, is looked at when the row is read.
/// </summary>
internal static class SearchPattern
{
    public const string Escape = "\\";

    private const char Mark = '\\';

    public static string Of(string words)
    {
        var pattern = new StringBuilder("%");
        foreach (var rune in words.EnumerateRunes())
        {
            if (!rune.IsAscii)
                pattern.Append('_');
            else if ((char)rune.Value is '%' or '_' or '\\')
                pattern.Append(Mark).Append((char)rune.Value);
            else
                pattern.Append(char.ToLowerInvariant((char)rune.Value));
        }

        return pattern.Append('%').ToString();
    }
}
