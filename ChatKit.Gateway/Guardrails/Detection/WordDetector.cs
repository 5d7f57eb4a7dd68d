using System.Buffers;

namespace ChatKit.Gateway.Guardrails.Detection;

/// <summary>Words and phrases as they stand; of those that begin at one place the longest.</summary>
/// <param name="words">What is looked for.</param>
/// <param name="comparison">Whether capitals count.</param>
/// <param name="wholeWords">True where <c>art</c> is not found in <c>party</c>; scripts without spaces between words have no such bounds.</param>
internal sealed class WordDetector(IReadOnlyList<string> words, StringComparison comparison, bool wholeWords) : IDetector
{
    private const char FirstOfScriptsWithoutSpaces = '\u2E80';

    private readonly SearchValues<char> _starters = SearchValues.Create([.. words.SelectMany(static word => new[] { word[0], char.ToUpperInvariant(word[0]), char.ToLowerInvariant(word[0]) }).Distinct()]);

    public Finding Next(ReadOnlySpan<char> text, int from, bool isEnd)
    {
        for (var at = from; ; at++)
        {
            var found = text[at..].IndexOfAny(_starters);
            if (found < 0) return Finding.NoneBefore(text.Length);
            at += found;
            var rest = text[at..];
            var length = 0;
            foreach (var word in words)
            {
                if (wholeWords && at > 0 && IsOfWord(text[at - 1]) && IsOfWord(word[0])) continue;
                var needed = word.Length + (wholeWords && IsOfWord(word[^1]) ? 1 : 0);
                if (rest.Length < needed && !isEnd && word.AsSpan().StartsWith(rest[..Math.Min(rest.Length, word.Length)], comparison)) return Finding.NoneBefore(at);
                if (word.Length > length && rest.StartsWith(word, comparison) && (needed == word.Length || rest.Length == word.Length || !IsOfWord(rest[word.Length]))) length = word.Length;
            }

            if (length > 0) return new Finding(at, length);
        }
    }

    private static bool IsOfWord(char c) => c < FirstOfScriptsWithoutSpaces && char.IsLetterOrDigit(c);
}
