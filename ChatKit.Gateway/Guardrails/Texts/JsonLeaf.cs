using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Guardrails.Texts;

/// <summary>A string somewhere in a JSON document.</summary>
/// <param name="Path">The names on the way to it; an element of an array has the name of the array.</param>
/// <param name="Range">Where it stands, quotes included.</param>
/// <param name="Text">What it says.</param>
internal sealed record JsonLeaf(IReadOnlyList<string> Path, ByteRange Range, string Text)
{
    public string Name => Path[^1];
}
