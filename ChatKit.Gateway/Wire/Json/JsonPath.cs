using System.Globalization;
using System.Text;

namespace ChatKit.Gateway.Wire.Json;

/// <summary>
/// A place inside a request, as LiteLLM's <c>additional_drop_params</c> writes it (https://docs.litellm.ai/docs/completion/drop_params): <c>seed</c>,
/// <c>stream_options.include_usage</c>, <c>tools[*].function.strict</c>, <c>messages[0].name</c>.
/// </summary>
internal sealed record JsonPath(string Text, IReadOnlyList<JsonPathStep> Steps)
{
    /// <summary>The path; null where the text is none. It begins with a name, since a request is an object.</summary>
    public static JsonPath? TryParse(string text)
    {
        var steps = new List<JsonPathStep>();
        for (var at = 0; at < text.Length;)
        {
            if (text[at] == '[' && steps.Count > 0)
            {
                var end = text.IndexOf(']', at);
                if (end < 0 || Element(text.AsSpan(at + 1, end - at - 1)) is not { } element) return null;
                steps.Add(element);
                at = end + 1;
            }
            else
            {
                if (steps.Count > 0 && text[at++] != '.') return null;
                var length = text.AsSpan(at).IndexOfAny('.', '[');
                var name = length < 0 ? text[at..] : text.Substring(at, length);
                if (name.Length == 0) return null;
                steps.Add(JsonPathStep.Member(name));
                at += name.Length;
            }
        }

        return steps.Count > 0 ? new JsonPath(text, steps) : null;
    }

    /// <summary>True where the path is just this top-level member.</summary>
    public bool IsMember(string name) => Steps.Count == 1 && Text == name;

    public override string ToString() => Text;

    private static JsonPathStep? Element(ReadOnlySpan<char> inside) =>
        inside is "*" ? JsonPathStep.Every : int.TryParse(inside, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? JsonPathStep.At(index) : null;
}

/// <summary>One step of a path: into a member of an object, or into one or every element of an array.</summary>
internal sealed record JsonPathStep
{
    private readonly byte[]? _name;
    private readonly int? _index;

    private JsonPathStep(byte[]? name, int? index) => (_name, _index) = (name, index);

    /// <summary><c>[*]</c></summary>
    public static JsonPathStep Every { get; } = new(null, null);

    /// <summary><c>[0]</c></summary>
    public static JsonPathStep At(int index) => new(null, index);

    public static JsonPathStep Member(string name) => new(Encoding.UTF8.GetBytes(name), null);

    /// <summary>True where the step leads to this member of an object.</summary>
    public bool LeadsTo(in JsonMember member, ReadOnlySpan<byte> source) => _name is not null && member.Is(source, _name);

    /// <summary>True where the step leads to this element of an array.</summary>
    public bool LeadsTo(int index) => _name is null && (_index is null || _index == index);
}
