using System.Buffers;
using System.Text.Json;

namespace ChatKit.Gateway.Cache.Replay;

/// <summary>
/// OpenAI's Responses (https://platform.openai.com/docs/api-reference/responses-streaming): the last event of a stream repeats the whole; a whole becomes a stream in
/// which every item comes in one piece.
/// </summary>
internal sealed class ResponsesReplay : IReplay
{
    public bool TryWriteDocument(IReadOnlyList<JsonElement> events, Utf8JsonWriter output)
    {
        if (events.Count == 0 || !events[^1].TryGetProperty("response", out var response) || response.ValueKind is not JsonValueKind.Object) return false;
        response.WriteTo(output);
        return true;
    }

    public bool TryWriteEvents(JsonElement document, bool withUsage, IBufferWriter<byte> output)
    {
        if (!document.TryGetProperty("output", out var items) || items.ValueKind is not JsonValueKind.Array) return false;
        if (!document.TryGetProperty("status", out var status) || status.GetString() is not ("completed" or "incomplete")) return false;
        var events = new ResponseEvents(output);
        foreach (var type in (string[])["response.created", "response.in_progress"]) events.Write(type, json => WriteBegun(document, json));
        var index = 0;
        foreach (var item in items.EnumerateArray()) events.WriteItem(item, index++);
        events.Write($"response.{status.GetString()}", json => json.Write("response", document));
        return true;
    }

    /// <summary>The response before it said anything.</summary>
    private static void WriteBegun(JsonElement document, Utf8JsonWriter json)
    {
        json.WriteStartObject("response"u8);
        json.WriteMembers(document, static name => name is not ("status" or "output" or "usage" or "incomplete_details" or "completed_at"));
        json.WriteString("status"u8, "in_progress"u8);
        json.WriteStartArray("output"u8);
        json.WriteEndArray();
        json.WriteNull("incomplete_details"u8);
        json.WriteNull("usage"u8);
        json.WriteEndObject();
    }
}
