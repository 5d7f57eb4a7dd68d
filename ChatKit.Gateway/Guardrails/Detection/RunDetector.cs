using System.Buffers;

namespace ChatKit.Gateway.Guardrails.Detection;

/// <summary>
/// Something that consists of certain characters only and has a greatest length: it is decided as soon as another character comes, or as much text as it can be.
/// </summary>
internal abstract class RunDetector(string starters, string alphabet, int longest) : IDetector
{
    protected const string Digits = "0123456789";
    protected const string Capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    protected const string Letters = Capitals + "abcdefghijklmnopqrstuvwxyz";

    private readonly SearchValues<char> _starters = SearchValues.Create(starters);
    private readonly SearchValues<char> _alphabet = SearchValues.Create(alphabet);

    public Finding Next(ReadOnlySpan<char> text, int from, bool isEnd)
    {
        for (var at = from; ; at++)
        {
            var found = text[at..].IndexOfAny(_starters);
            if (found < 0) return Finding.NoneBefore(text.Length);
            at += found;
            if (at > 0 && !MayFollow(text[at - 1])) continue;
            var window = text[at..];
            var end = window.IndexOfAnyExcept(_alphabet);
            var isOpen = end < 0 && !isEnd && window.Length <= longest;
            var run = window[..Math.Min(end < 0 ? window.Length : end, longest)];
            if (!MayBegin(run)) continue;
            if (isOpen) return Finding.NoneBefore(at);
            // One more than the run, so that it is seen what stands behind it.
            var length = Match(run, run.Length < window.Length ? window[run.Length] : ' ');
            if (length > 0) return new Finding(at, length);
        }
    }

    /// <summary>True where a match may stand right behind this character: not in the middle of a word.</summary>
    protected virtual bool MayFollow(char before) => !char.IsLetterOrDigit(before);

    /// <summary>False where nothing that begins like this can be a match, whatever follows: then nobody waits for it.</summary>
    protected virtual bool MayBegin(ReadOnlySpan<char> run) => true;

    /// <summary>The length of the match that begins with the run; 0 for none.</summary>
    /// <param name="run">Characters of the alphabet, as many as come, at most the longest.</param>
    /// <param name="after">What stands behind the run; a space at the end of the text.</param>
    protected abstract int Match(ReadOnlySpan<char> run, char after);
}
