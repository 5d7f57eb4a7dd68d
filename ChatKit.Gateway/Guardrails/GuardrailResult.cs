using ChatKit.Gateway.Model.Guardrails;

namespace ChatKit.Gateway.Guardrails;

/// <summary>What a guardrail came to in one call, for the log and the record. Never holds the text that was found.</summary>
internal sealed class GuardrailResult(GuardrailSettings settings)
{
    private readonly SortedDictionary<string, int> _found = new(StringComparer.Ordinal);

    public string Name => settings.Name;

    public string Kind => settings.Kind;

    /// <summary>What it found, and how often.</summary>
    public IReadOnlyDictionary<string, int> Found => _found;

    public bool Blocked { get; private set; }

    /// <summary>Why it could not judge; null where it could.</summary>
    public string? Failure { get; set; }

    public string Outcome => Blocked ? "blocked" : Failure is not null ? "failed" : _found.Count > 0 ? "found" : "passed";

    public void Note(string label, bool blocks)
    {
        _found[label] = _found.GetValueOrDefault(label) + 1;
        Blocked |= blocks;
    }

    public override string ToString() => _found.Count == 0 ? Outcome : $"{Outcome} ({string.Join(", ", _found.Select(static entry => $"{entry.Key} {entry.Value}"))})";
}
