using ChatKit.Gateway.Guardrails.Detection;
using ChatKit.Gateway.Guardrails.Texts;
using ChatKit.Gateway.Model.Guardrails;

namespace ChatKit.Gateway.Guardrails;

/// <summary>What the guardrails of one call make of its texts: what they mask in the request, what they look for in the answer, and what they put back there.</summary>
internal sealed class GuardedTexts(IReadOnlyList<Guardrail> guardrails)
{
    private readonly Dictionary<Guardrail, GuardrailResult> _results = guardrails.ToDictionary(static guardrail => guardrail, static guardrail => new GuardrailResult(guardrail.Settings));
    private Masks _masks = new(static _ => false);

    public IReadOnlyList<Guardrail> Guardrails => guardrails;

    public IEnumerable<GuardrailResult> Results => _results.Values;

    /// <summary>The one that ended the call; null where none did.</summary>
    public GuardrailResult? Blocker => _results.Values.FirstOrDefault(static result => result.Blocked);

    /// <summary>True where answers have to be read: something is looked for there, or put back.</summary>
    public bool ReadsAnswers => _masks.Placeholders.Count > 0 || guardrails.Any(static guardrail => guardrail.Settings.RunsAt(GuardrailModes.PostCall | GuardrailModes.LoggingOnly));

    public GuardrailResult ResultOf(Guardrail guardrail) => _results[guardrail];

    /// <summary>Looks at the request, and masks what is to be masked. Stops at the first that blocks.</summary>
    public void ReadRequest(FoundTexts found)
    {
        var original = found.Texts.ToArray();
        _masks = new Masks(placeholder => original.Any(text => text.Contains(placeholder, StringComparison.Ordinal)));
        foreach (var guardrail in guardrails)
        {
            if (!guardrail.Settings.RunsAt(GuardrailModes.PreCall | GuardrailModes.DuringCall | GuardrailModes.LoggingOnly)) continue;
            for (var i = 0; i < found.Texts.Length; i++)
            {
                var text = new TextChain([.. Windows(guardrail, ofRequest: true)]).Push(found.Texts[i], isEnd: true);
                if (text != found.Texts[i]) found.Texts[i] = text;
            }

            if (ResultOf(guardrail).Blocked) return;
        }
    }

    /// <summary>The way of one text of the answer: first what is looked for, then what is put back, which is the caller's own.</summary>
    /// <param name="isJson">True where the text is JSON itself.</param>
    public TextChain OpenAnswer(bool isJson) => OpenAnswer(isJson, before: null);

    /// <param name="isJson">True where the text is JSON itself.</param>
    /// <param name="before">What becomes of a piece before anything is looked for.</param>
    public TextChain OpenAnswer(bool isJson, Func<string, string>? before)
    {
        var windows = guardrails.Where(static guardrail => guardrail.Settings.RunsAt(GuardrailModes.PostCall | GuardrailModes.LoggingOnly)).SelectMany(guardrail => Windows(guardrail, ofRequest: false)).ToList();
        if (_masks.Placeholders.Count > 0)
        {
            var placeholders = new WordDetector([.. _masks.Placeholders], StringComparison.Ordinal, wholeWords: false);
            windows.Add(new TextWindow(placeholders, placeholder => isJson ? FoundTexts.Escape(_masks.ValueOf(placeholder)) : _masks.ValueOf(placeholder)));
        }

        return new TextChain(windows, before);
    }

    private IEnumerable<TextWindow> Windows(Guardrail guardrail, bool ofRequest)
    {
        var (result, settings) = (ResultOf(guardrail), guardrail.Settings);
        var onlyLogs = !settings.RunsAt(ofRequest ? GuardrailModes.PreCall | GuardrailModes.DuringCall : GuardrailModes.PostCall);
        foreach (var (rule, detector) in guardrail.Detectors)
        {
            yield return new TextWindow(detector, match =>
            {
                result.Note(rule.Label, rule.Blocks && !onlyLogs);
                // What ends the call is nobody's to see, not even in what comes before the end.
                return onlyLogs ? match : rule.Blocks ? "" : rule.Tag ?? (ofRequest && settings.Unmasks ? _masks.PlaceholderFor(rule.Label, match) : $"<{rule.Label}>");
            });
        }
    }
}
