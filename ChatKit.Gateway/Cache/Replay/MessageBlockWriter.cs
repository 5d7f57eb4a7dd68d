using System.Buffers;
using System.Text.Json;

namespace ChatKit.Gateway.Cache.Replay;

/// <summary>A block of a message as a stream has it: begun empty where it is text, thought or a call, and whole from the start where it is anything else.</summary>
internal static class MessageBlockWriter
{
    public static void Write(JsonElement block, int index, IBufferWriter<byte> output)
    {
        var type = block.GetProperty("type").GetString();
        EventWriter.Write(output, "content_block_start", json =>
        {
            json.WriteNumber("index"u8, index);
            json.WriteStartObject("content_block"u8);
            foreach (var member in block.EnumerateObject()) WriteBegun(type, member, json);
            json.WriteEndObject();
        });
        foreach (var member in block.EnumerateObject()) WriteDeltas(type, member, index, output);
        EventWriter.Write(output, "content_block_stop", json => json.WriteNumber("index"u8, index));
    }

    private static void WriteBegun(string? type, JsonProperty member, Utf8JsonWriter json)
    {
        switch (type, member.Name)
        {
            case ("text", "text") or ("thinking", "thinking" or "signature"):
                json.WriteString(member.Name, "");
                break;
            case ("text", "citations") when member.Value.ValueKind is JsonValueKind.Array:
                json.WriteStartArray(member.Name);
                json.WriteEndArray();
                break;
            case ("tool_use" or "server_tool_use", "input"):
                json.WriteStartObject(member.Name);
                json.WriteEndObject();
                break;
            default:
                json.Write(member.Name, member.Value);
                break;
        }
    }

    private static void WriteDeltas(string? type, JsonProperty member, int index, IBufferWriter<byte> output)
    {
        switch (type, member.Name)
        {
            case ("text", "text") or ("thinking", "thinking" or "signature"):
                WriteDelta(member.Name + "_delta", member.Name, member.Value.WriteTo, index, output);
                break;
            case ("text", "citations") when member.Value.ValueKind is JsonValueKind.Array:
                foreach (var citation in member.Value.EnumerateArray()) WriteDelta("citations_delta", "citation", citation.WriteTo, index, output);
                break;
            case ("tool_use" or "server_tool_use", "input"):
                WriteDelta("input_json_delta", "partial_json", json => json.WriteStringValue(member.Value.GetRawText()), index, output);
                break;
        }
    }

    private static void WriteDelta(string type, string name, Action<Utf8JsonWriter> value, int index, IBufferWriter<byte> output) =>
        EventWriter.Write(output, "content_block_delta", json =>
        {
            json.WriteNumber("index"u8, index);
            json.WriteStartObject("delta"u8);
            json.WriteString("type"u8, type);
            json.WritePropertyName(name);
            value(json);
            json.WriteEndObject();
        });
}
