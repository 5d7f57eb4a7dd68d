using System.Buffers;
using System.Text.Json;

namespace ChatKit.Gateway.Cache.Replay;

/// <summary>Anthropic's messages (https://platform.claude.com/docs/en/build-with-claude/streaming): a message, its blocks one after the other, and how it ended.</summary>
internal sealed class MessagesReplay : IReplay
{
    public bool TryWriteDocument(IReadOnlyList<JsonElement> events, Utf8JsonWriter output)
    {
        var sum = new MessageSum();
        return events.All(sum.TryAdd) && sum.TryWrite(output);
    }

    public bool TryWriteEvents(JsonElement document, bool withUsage, IBufferWriter<byte> output)
    {
        if (!document.TryGetProperty("content", out var content) || content.ValueKind is not JsonValueKind.Array || !document.TryGetProperty("usage", out var usage)) return false;
        EventWriter.Write(output, "message_start", json =>
        {
            json.WriteStartObject("message"u8);
            json.WriteMembers(document, static name => name is not ("content" or "stop_reason" or "stop_sequence"));
            json.WriteStartArray("content"u8);
            json.WriteEndArray();
            json.WriteNull("stop_reason"u8);
            json.WriteNull("stop_sequence"u8);
            json.WriteEndObject();
        });
        var index = 0;
        foreach (var block in content.EnumerateArray()) MessageBlockWriter.Write(block, index++, output);
        EventWriter.Write(output, "message_delta", json =>
        {
            json.WriteStartObject("delta"u8);
            json.WriteMembers(document, static name => name is "stop_reason" or "stop_sequence");
            json.WriteEndObject();
            json.Write("usage", usage);
        });
        EventWriter.Write(output, "message_stop", static _ => { });
        return true;
    }
}
