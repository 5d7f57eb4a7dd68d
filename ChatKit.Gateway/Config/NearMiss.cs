namespace ChatKit.Gateway.Config;

/// <summary>Finds the known word that somebody probably meant.</summary>
internal static class NearMiss
{
    /// <summary>The closest candidate within two edits (one for short words); null where nothing is close.</summary>
    public static string? For(string word, IEnumerable<string> known)
    {
        var allowed = word.Length < 6 ? 1 : 2;
        return known.Where(candidate => candidate != word && Distance(word, candidate) <= allowed).MinBy(candidate => Distance(word, candidate));
    }

    /// <summary><c>; did you mean x?</c> or nothing.</summary>
    public static string Hint(string word, IEnumerable<string> known) => For(word, known) is { } near ? $"; did you mean {near}?" : "";

    /// <summary>Edits from one word to the other, a swap of neighbours counting as one.</summary>
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            rows[i, 0] = i;
        for (var j = 0; j <= b.Length; j++)
            rows[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var same = a[i - 1] == b[j - 1];
                var edits = Math.Min(Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, rows[i - 1, j - 1] + (same ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    edits = Math.Min(edits, rows[i - 2, j - 2] + 1);
                rows[i, j] = edits;
            }
        }

        return rows[a.Length, b.Length];
    }
}
