using System.Text.Json;
using ChatKit.Backend.Protocol;

namespace ChatKit.Backend.Turns;

/// <summary>
/// What changed from one state of a widget to the next, as little as the protocol can say: text that grew at the end of a <c>Text</c> or <c>Markdown</c> with an
/// id is a delta, and anything else is the whole widget anew.
/// </summary>
internal static class WidgetDiff
{
    public static IReadOnlyList<ItemUpdate> Between(Widget before, Widget after)
    {
        var deltas = new List<WidgetTextDelta>();
        return IsSame(before.Root, after.Root, deltas) ? deltas : [new WidgetRootUpdated(after)];
    }

    /// <summary>True where nothing differs but texts that grew, which are collected.</summary>
    private static bool IsSame(JsonElement before, JsonElement after, List<WidgetTextDelta> deltas)
    {
        if (before.ValueKind != after.ValueKind)
            return false;
        return before.ValueKind switch
        {
            JsonValueKind.Undefined => true,
            JsonValueKind.Object => IsSameObject(before, after, deltas),
            JsonValueKind.Array => before.GetArrayLength() == after.GetArrayLength()
                && before.EnumerateArray().Zip(after.EnumerateArray()).All(pair => IsSame(pair.First, pair.Second, deltas)),
            _ => JsonElement.DeepEquals(before, after),
        };
    }

    private static bool IsSameObject(JsonElement before, JsonElement after, List<WidgetTextDelta> deltas)
    {
        var streamed = StreamedText(before) is { } id && StreamedText(after) == id ? id : null;
        foreach (var name in before.EnumerateObject().Concat(after.EnumerateObject()).Select(member => member.Name).Distinct(StringComparer.Ordinal))
        {
            // Whether more text is to come is said with the text.
            if (streamed is not null && name is "streaming")
                continue;
            var (old, now) = (Member(before, name), Member(after, name));
            if (streamed is not null && name is "value")
            {
                if (!Grew(streamed, old, now, after, deltas))
                    return false;
            }
            else if (!IsSame(old, now, deltas))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Grew(string id, JsonElement before, JsonElement after, JsonElement component, List<WidgetTextDelta> deltas)
    {
        var (old, now) = (before.GetString()!, after.GetString()!);
        if (!now.StartsWith(old, StringComparison.Ordinal))
            return false;
        if (now.Length > old.Length)
            deltas.Add(new WidgetTextDelta(id, now[old.Length..], Done: Member(component, "streaming").ValueKind is not JsonValueKind.True));
        return true;
    }

    /// <summary>The id of a component whose text may be streamed; null for all others.</summary>
    private static string? StreamedText(JsonElement component) =>
        Text(component, "type") is "Text" or "Markdown" && Text(component, "value") is not null ? Text(component, "id") : null;

    private static string? Text(JsonElement component, string name) =>
        Member(component, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>A null and no member at all are the same: the wire drops nulls.</summary>
    private static JsonElement Member(JsonElement component, string name) =>
        component.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value : default;
}
