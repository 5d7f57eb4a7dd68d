using System.Text.Json;
using System.Text.Json.Serialization;
using ChatKit.Backend.Protocol;
using ChatKit.Backend.Turns;

namespace ChatKit.Backend.Agent;

/// <summary>
/// The calls of one round with what they found, as one hidden item of the thread: later turns know it, and no call is ever without its output.
/// <code>{"kind":"chatkit.tool_calls","calls":[{"id":"call_1","name":"calculator","arguments":"{\"expression\":\"2+2\"}","output":"4"}]}</code>
/// </summary>
internal sealed record ToolNote(string Kind, IReadOnlyList<ToolNoteCall> Calls)
{
    public const string ToolCalls = "chatkit.tool_calls";

    public static HiddenContext Of(IReadOnlyList<ToolNoteCall> calls, TurnThread thread, DateTimeOffset now) => new()
    {
        Id = Ids.HiddenContext(),
        ThreadId = thread.Id,
        CreatedAt = now,
        Content = JsonSerializer.SerializeToElement(new ToolNote(ToolCalls, calls), AgentNoteJson.Default.ToolNote),
    };

    /// <summary>Null where the item is something else.</summary>
    public static ToolNote? Read(ThreadItem item)
    {
        if (item is not HiddenContext { Content: { ValueKind: JsonValueKind.Object } content } || !content.TryGetProperty("kind", out var kind) || !kind.ValueEquals(ToolCalls))
            return null;
        return content.Deserialize(AgentNoteJson.Default.ToolNote);
    }
}

internal sealed record ToolNoteCall(string Id, string Name, string Arguments, string Output);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ToolNote))]
internal sealed partial class AgentNoteJson : JsonSerializerContext;
