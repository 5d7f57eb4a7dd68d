using System.Buffers;
using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.Sse;

namespace ChatKit.Gateway.Cache.Replay;

/// <summary>Writes events of a stream that nobody streamed.</summary>
internal static class EventWriter
{
    public static void Write(IBufferWriter<byte> output, Action<Utf8JsonWriter> members) => SseWriter.WriteData(output, Json(members));

    /// <summary>With an <c>event:</c> line and a <c>type</c>, as Anthropic's API and OpenAI's Responses have it.</summary>
    public static void Write(IBufferWriter<byte> output, string type, Action<Utf8JsonWriter> members)
    {
        Encoding.UTF8.GetBytes($"event: {type}\n", output);
        SseWriter.WriteData(output, Json(json =>
        {
            json.WriteString("type"u8, type);
            members(json);
        }));
    }

    /// <summary>A member as it was, under its name.</summary>
    public static void Write(this Utf8JsonWriter json, string name, JsonElement value)
    {
        json.WritePropertyName(name);
        value.WriteTo(json);
    }

    /// <summary>All members but some.</summary>
    public static void WriteMembers(this Utf8JsonWriter json, JsonElement holder, Func<string, bool> isKept)
    {
        foreach (var member in holder.EnumerateObject())
            if (isKept(member.Name)) json.Write(member.Name, member.Value);
    }

    private static ReadOnlySpan<byte> Json(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, JsonText.Plain);
        json.WriteStartObject();
        members(json);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan;
    }
}
