using System.Buffers;
using System.Text.Json;
using ChatKit.Backend.Protocol;

namespace ChatKit.Backend.Turns;

/// <summary>An event on the wire: <c>data: </c>, compact JSON on one line, a blank line.</summary>
internal static class EventFrame
{
    private static readonly JsonWriterOptions Json = new() { Encoder = RawTextEncoder.Instance, SkipValidation = true };

    public static void Write(IBufferWriter<byte> output, ThreadEvent threadEvent)
    {
        output.Write("data: "u8);
        using (var json = new Utf8JsonWriter(output, Json))
        {
            JsonSerializer.Serialize(json, threadEvent, Wire.Json.ThreadEvent);
        }

        output.Write("\n\n"u8);
    }
}
