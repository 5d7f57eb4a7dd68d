using System.Buffers;

namespace ChatKit.Gateway.Guardrails.Detection;

/// <summary>Addresses as people write them: <c>jane.doe+x@mail.example.org</c> (RFC 5321 §4.5.3.1 for the lengths; quoted and bracketed forms are not looked for).</summary>
internal sealed class EmailDetector : IDetector
{
    private const int LongestLocal = 64;
    private const int LongestDomain = 255;

    private static readonly SearchValues<char> Punctuation = SearchValues.Create(".!#$%&'*+/=?^_`{|}~-");

    public Finding Next(ReadOnlySpan<char> text, int from, bool isEnd)
    {
        for (var at = from; ; at++)
        {
            var found = text[at..].IndexOf('@');
            if (found < 0) return Finding.NoneBefore(isEnd ? text.Length : LocalStart(text, from, text.Length));
            at += found;
            var start = LocalStart(text, from, at);
            if (start == at) continue;
            var end = at + 1;
            while (end < text.Length && end - at <= LongestDomain && IsDomain(text[end])) end++;
            if (end == text.Length && !isEnd && end - at <= LongestDomain) return Finding.NoneBefore(start);
            if (DomainLength(text[(at + 1)..end]) is > 0 and var length) return new Finding(start, at + 1 + length - start);
        }
    }

    private static int LocalStart(ReadOnlySpan<char> text, int from, int end)
    {
        var start = end;
        while (start > from && end - start < LongestLocal && (char.IsLetterOrDigit(text[start - 1]) || Punctuation.Contains(text[start - 1]))) start--;
        // An address does not begin with a full stop or an opening quote.
        while (start < end && !char.IsLetterOrDigit(text[start]) && text[start] is not ('_' or '+')) start++;
        return start;
    }

    private static bool IsDomain(char c) => char.IsLetterOrDigit(c) || c is '.' or '-';

    /// <summary>Without the full stop that ends a sentence; 0 where it is no domain: two labels at least, the last of letters.</summary>
    private static int DomainLength(ReadOnlySpan<char> run)
    {
        var domain = run.TrimEnd(".-");
        var dot = domain.LastIndexOf('.');
        if (dot <= 0 || domain.Length > LongestDomain || domain.IndexOf("..") >= 0 || domain[0] is '.' or '-') return 0;
        var last = domain[(dot + 1)..];
        foreach (var c in last)
            if (!char.IsLetter(c)) return 0;
        return last.Length >= 2 ? domain.Length : 0;
    }
}
