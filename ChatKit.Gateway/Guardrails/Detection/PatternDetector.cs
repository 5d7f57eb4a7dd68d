using System.Text.RegularExpressions;

namespace ChatKit.Gateway.Guardrails.Detection;

/// <summary>
/// A regular expression of the operator's, of which nothing is known but how long a match is at most. Text is looked at in steps of that length, two of them together,
/// and decided for the first; so what is decided depends on where the text stands, and not on how it came.
/// </summary>
internal sealed class PatternDetector(Regex pattern, int longest) : IDetector
{
    public Finding Next(ReadOnlySpan<char> text, int from, bool isEnd)
    {
        for (var at = from; ; at += longest)
        {
            var window = Math.Min(text.Length, at + (2 * longest));
            var isLast = isEnd && window == text.Length;
            if (window - at < 2 * longest && !isLast) return Finding.NoneBefore(at);
            foreach (var match in pattern.EnumerateMatches(text[..window], at))
            {
                if (match.Length == 0) continue;
                if (match.Index - at < longest || isLast) return new Finding(match.Index, match.Length);
                break;
            }

            if (isLast) return Finding.NoneBefore(text.Length);
        }
    }
}
