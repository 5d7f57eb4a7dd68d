using System.Text;
using ChatKit.Gateway.Guardrails.Detection;

namespace ChatKit.Gateway.Guardrails;

/// <summary>
/// A text on its way through one detector: what is certain passes, with each match replaced, and what may be the beginning of one is held until it is known.
/// </summary>
/// <param name="detector">Finds the matches.</param>
/// <param name="replace">What stands in the place of a match.</param>
internal sealed class TextWindow(IDetector detector, Func<string, string> replace)
{
    /// <summary>The last character that passed: what stands before a match decides whether it is one.</summary>
    private const int Context = 1;

    private string _held = "";
    private int _from;

    /// <summary>True where something waits.</summary>
    public bool Holds => _held.Length > _from;

    /// <summary>Takes a piece; what of the text is certain now is the result.</summary>
    public string Push(string piece, bool isEnd)
    {
        var text = _held + piece;
        var at = _from;
        StringBuilder? passed = null;
        var start = at;
        while (at < text.Length)
        {
            var finding = detector.Next(text, at, isEnd);
            if (!finding.IsMatch)
            {
                at = finding.Start;
                break;
            }

            passed ??= new StringBuilder();
            passed.Append(text, start, finding.Start - start).Append(replace(text.Substring(finding.Start, finding.Length)));
            start = at = finding.Start + finding.Length;
        }

        var result = passed is null ? text[start..at] : passed.Append(text, start, at - start).ToString();
        var keep = Math.Max(0, at - Context);
        (_held, _from) = (text[keep..], at - keep);
        return result;
    }
}
