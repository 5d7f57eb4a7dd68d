using System.Text.Json;
using System.Text.Json.Serialization;
using ChatKit.Backend.Protocol;

namespace ChatKit.Backend.Agent.Context;

/// <summary>
/// What stands for the older part of a thread, as a hidden item of it, so that it is made once and not with every turn. A retry of an older message deletes it with the rest that
/// came later.
/// <code>{"kind":"chatkit.summary","text":"They plan a trip …","through":"msg_…"}</code>
/// </summary>
/// <param name="Kind">Tells it from other hidden items.</param>
/// <param name="Text">The summary.</param>
/// <param name="Through">The last item that is in it.</param>
internal sealed record SummaryNote(string Kind, string Text, string Through)
{
    private const string Summary = "chatkit.summary";

    public static HiddenContext Of(string text, string through, string threadId, DateTimeOffset now) => new()
    {
        Id = Ids.HiddenContext(),
        ThreadId = threadId,
        CreatedAt = now,
        Content = JsonSerializer.SerializeToElement(new SummaryNote(Summary, text, through), SummaryNoteJson.Default.SummaryNote),
    };

    /// <summary>Null where the item is something else.</summary>
    public static SummaryNote? Read(ThreadItem item) =>
        item is HiddenContext { Content: { ValueKind: JsonValueKind.Object } content } && content.TryGetProperty("kind", out var kind) && kind.ValueEquals(Summary)
            ? content.Deserialize(SummaryNoteJson.Default.SummaryNote)
            : null;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SummaryNote))]
internal sealed partial class SummaryNoteJson : JsonSerializerContext;
