using System.Globalization;

namespace ChatKit.Gateway.Guardrails;

/// <summary>
/// What of one call was masked, so that it can be put back: <c>&lt;EMAIL_ADDRESS_1&gt;</c> for the first address, <c>_2</c> for the second, and the same for the same. Numbered in the
/// order of the request, so that the next turn of a conversation, which repeats this one, has the same names for the same things.
/// </summary>
/// <param name="isTaken">True for a placeholder that stands in the request already: it means something else there.</param>
internal sealed class Masks(Func<string, bool> isTaken)
{
    private readonly Dictionary<(string Label, string Value), string> _placeholders = [];
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _last = [];

    public IReadOnlyCollection<string> Placeholders => _values.Keys;

    public string PlaceholderFor(string label, string value)
    {
        if (_placeholders.TryGetValue((label, value), out var known)) return known;
        string placeholder;
        do
        {
            var number = _last[label] = _last.GetValueOrDefault(label) + 1;
            placeholder = string.Create(CultureInfo.InvariantCulture, $"<{label}_{number}>");
        }
        while (isTaken(placeholder));
        _values[placeholder] = value;
        return _placeholders[(label, value)] = placeholder;
    }

    public string ValueOf(string placeholder) => _values[placeholder];
}
