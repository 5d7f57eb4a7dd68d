namespace ChatKit.Gateway.Model;

/// <summary>
/// A model name with <c>*</c> in it. Each <c>*</c> stands for any text, slashes included, and none of it: <c>openai/*</c>, <c>a/*/b</c>.
/// </summary>
internal sealed class WildcardPattern(string text)
{
    private readonly string[] _literals = text.Split('*');

    /// <summary>The characters that must be there literally: a pattern with more of them is more specific.</summary>
    public int Specificity => text.Length - (_literals.Length - 1);

    public static bool IsPattern(string name) => name.Contains('*');

    /// <summary>The text with its stars replaced in order; stars beyond the last segment stay.</summary>
    public static string Fill(string text, IReadOnlyList<string> segments)
    {
        if (segments.Count == 0)
            return text;
        var parts = text.Split('*');
        return parts[0] + string.Concat(parts.Skip(1).Select((part, i) => (i < segments.Count ? segments[i] : "*") + part));
    }

    /// <summary>What each <c>*</c> stands for in <paramref name="name"/>; null where it does not match.</summary>
    public IReadOnlyList<string>? Match(string name)
    {
        if (_literals.Length == 1)
            return name == text ? [] : null;
        var last = _literals[^1];
        if (!name.StartsWith(_literals[0], StringComparison.Ordinal) || !name.EndsWith(last, StringComparison.Ordinal))
            return null;

        var segments = new string[_literals.Length - 1];
        var position = _literals[0].Length;
        for (var i = 1; i < _literals.Length; i++)
        {
            // The last literal is anchored to the end; the ones between take their first occurrence.
            var next = i == _literals.Length - 1
                ? name.Length - last.Length
                : name.IndexOf(_literals[i], position, StringComparison.Ordinal);
            if (next < position)
                return null;
            segments[i - 1] = name[position..next];
            position = next + _literals[i].Length;
        }

        return segments;
    }

    public override string ToString() => text;
}
