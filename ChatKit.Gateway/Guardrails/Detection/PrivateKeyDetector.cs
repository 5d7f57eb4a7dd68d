namespace ChatKit.Gateway.Guardrails.Detection;

/// <summary>Private keys between their lines (RFC 7468): <c>-----BEGIN PRIVATE KEY-----</c> … <c>-----END PRIVATE KEY-----</c>.</summary>
internal sealed class PrivateKeyDetector : IDetector
{
    private const string Begin = "-----BEGIN ";
    private const string Kind = "PRIVATE KEY-----";
    private const string End = "-----END ";
    private const int Longest = 16 * 1024;
    private const int LongestLine = 64;

    public Finding Next(ReadOnlySpan<char> text, int from, bool isEnd)
    {
        for (var at = from; ; at++)
        {
            var dash = text[at..].IndexOf('-');
            if (dash < 0) return Finding.NoneBefore(text.Length);
            at += dash;
            var rest = text[at..];
            if (rest.Length < Begin.Length ? !Begin.AsSpan().StartsWith(rest) : !rest.StartsWith(Begin)) continue;
            var line = rest[..Math.Min(rest.Length, LongestLine)];
            var kind = line.IndexOf(Kind);
            if (kind < 0 && (line.Length == LongestLine || isEnd)) continue;
            var length = kind < 0 ? 0 : LengthOf(rest, kind + Kind.Length);
            if (length > 0) return new Finding(at, length);
            if (!isEnd && rest.Length < Longest) return Finding.NoneBefore(at);
            // It has no end: what there is of it is masked all the same.
            return new Finding(at, Math.Min(rest.Length, Longest));
        }
    }

    private static int LengthOf(ReadOnlySpan<char> rest, int body)
    {
        var within = rest[..Math.Min(rest.Length, Longest)];
        var end = within[body..].IndexOf(End);
        if (end < 0) return 0;
        var close = within[(body + end)..].IndexOf(Kind);
        return close < 0 ? 0 : body + end + close + Kind.Length;
    }
}
