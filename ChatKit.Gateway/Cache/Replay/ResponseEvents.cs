using System.Buffers;
using System.Text.Json;

namespace ChatKit.Gateway.Cache.Replay;

/// <summary>The events of a response, numbered; an item of each kind that is streamed in pieces has its pieces.</summary>
internal sealed class ResponseEvents(IBufferWriter<byte> output)
{
    private int _number;

    public void Write(string type, Action<Utf8JsonWriter> members) => EventWriter.Write(output, type, json =>
    {
        json.WriteNumber("sequence_number"u8, _number++);
        members(json);
    });

    public void WriteItem(JsonElement item, int index)
    {
        var place = new Place(item.TryGetProperty("id", out var id) ? id.GetString() : null, index, null, 0);
        Write("response.output_item.added", json => WriteItem(json, index, () => WriteBegun(item, json)));
        switch (item.TryGetProperty("type", out var type) ? type.GetString() : null)
        {
            case "message" when item.TryGetProperty("content", out var content):
                WriteParts(content, "content", place with { Counter = "content_index" });
                break;
            case "reasoning" when item.TryGetProperty("summary", out var summary):
                WriteParts(summary, "reasoning_summary", place with { Counter = "summary_index" });
                break;
            case "function_call" when item.TryGetProperty("arguments", out var arguments):
                Write("response.function_call_arguments.delta", json => WriteText(json, place, "delta", arguments));
                Write("response.function_call_arguments.done", json => WriteText(json, place, "arguments", arguments));
                break;
        }

        Write("response.output_item.done", json => WriteItem(json, index, () => item.WriteTo(json)));
    }

    private void WriteParts(JsonElement parts, string kind, Place place)
    {
        if (parts.ValueKind is not JsonValueKind.Array) return;
        foreach (var part in parts.EnumerateArray())
        {
            var here = place;
            var isRefusal = part.GetProperty("type").ValueEquals("refusal"u8);
            var (events, name) = kind is "reasoning_summary" ? ("reasoning_summary_text", "text") : isRefusal ? ("refusal", "refusal") : ("output_text", "text");
            Write($"response.{kind}_part.added", json => WritePart(json, here, part, name));
            if (part.TryGetProperty(name, out var text))
            {
                Write($"response.{events}.delta", json => WriteText(json, here, "delta", text));
                Write($"response.{events}.done", json => WriteText(json, here, name, text));
            }

            Write($"response.{kind}_part.done", json => WritePart(json, here, part, emptied: null));
            place = place with { Number = place.Number + 1 };
        }
    }

    private static void WriteItem(Utf8JsonWriter json, int index, Action writeItem)
    {
        json.WriteNumber("output_index"u8, index);
        json.WritePropertyName("item"u8);
        writeItem();
    }

    private static void WriteBegun(JsonElement item, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        foreach (var member in item.EnumerateObject())
        {
            if (member.Name is "status") json.WriteString("status"u8, "in_progress"u8);
            else if (member.Name is "arguments") json.WriteString("arguments"u8, ""u8);
            else if (member.Name is "content" or "summary" && member.Value.ValueKind is JsonValueKind.Array)
            {
                json.WriteStartArray(member.Name);
                json.WriteEndArray();
            }
            else json.Write(member.Name, member.Value);
        }

        json.WriteEndObject();
    }

    private static void WritePart(Utf8JsonWriter json, Place place, JsonElement part, string? emptied)
    {
        place.Write(json);
        json.WriteStartObject("part"u8);
        json.WriteMembers(part, name => name != emptied);
        if (emptied is not null) json.WriteString(emptied, "");
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, Place place, string name, JsonElement text)
    {
        place.Write(json);
        json.Write(name, text);
        if (place.Counter is not "content_index") return;
        json.WriteStartArray("logprobs"u8);
        json.WriteEndArray();
    }

    /// <summary>Where a piece belongs: to an item, and to a part of it where it has any.</summary>
    private sealed record Place(string? Id, int Index, string? Counter, int Number)
    {
        public void Write(Utf8JsonWriter json)
        {
            json.WriteString("item_id"u8, Id);
            json.WriteNumber("output_index"u8, Index);
            if (Counter is not null) json.WriteNumber(Counter, Number);
        }
    }
}
