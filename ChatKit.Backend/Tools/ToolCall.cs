using System.Text.Json;
using ChatKit.Backend.Protocol;
using ChatKit.Backend.Turns;

namespace ChatKit.Backend.Tools;

/// <summary>One call of a tool.</summary>
public sealed class ToolCall
{
    private readonly Citations _citations;

    internal ToolCall(JsonElement arguments, TurnThread thread, Citations citations) => (Arguments, Thread, _citations) = (arguments, thread, citations);

    /// <summary>What the model gave: an object, not checked against the schema.</summary>
    public JsonElement Arguments { get; }

    /// <summary>The thread in which it is called.</summary>
    public TurnThread Thread { get; }

    /// <summary>Makes a source citable. Where the model repeats the returned mark, e.g. <c>【3】</c>, the answer cites the source in its place.</summary>
    public string Cite(Source source) => _citations.MarkOf(source);

    /// <summary>An argument that is a text; null where there is none.</summary>
    public string? Text(string name) => Arguments.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
