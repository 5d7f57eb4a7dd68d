using System.Buffers;

namespace ChatKit.Gateway.Wire.Sse;

/// <summary>Frames data as an event.</summary>
internal static class SseWriter
{
    /// <summary>One <c>data:</c> line and the blank line that ends the event. JSON has no raw line breaks inside strings, so one line is enough.</summary>
    public static void WriteData(IBufferWriter<byte> output, ReadOnlySpan<byte> data)
    {
        output.Write("data: "u8);
        output.Write(data);
        output.Write("\n\n"u8);
    }
}
