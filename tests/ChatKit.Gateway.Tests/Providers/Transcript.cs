using System.Buffers;
using System.Text;
using System.Text.Json;
using ChatKit.Gateway.Providers;
using ChatKit.Gateway.Wire.Sse;

namespace ChatKit.Gateway.Tests.Providers;

/// <summary>A recorded event stream, played to a translation.</summary>
internal static class Transcript
{
    /// <summary>Plays the events until one ends the stream, and returns what the client would see and what each event meant.</summary>
    public static (string Output, IReadOnlyList<StreamStep> Steps) Play(IAnswerStream stream, IEnumerable<SseEvent> events)
    {
        var output = new ArrayBufferWriter<byte>();
        var steps = new List<StreamStep>();
        foreach (var received in events)
        {
            // A comment is the pipeline's.
            if (received.Data.IsEmpty) continue;
            steps.Add(stream.Next(received, output));
            if (steps[^1] is StreamStep.Terminal or StreamStep.Failed) break;
        }

        return (Encoding.UTF8.GetString(output.WrittenSpan), steps);
    }

    /// <summary>Plays a transcript that arrives in two reads, cut after so many bytes.</summary>
    public static string Play(IAnswerStream stream, ReadOnlySpan<byte> transcript, int cut)
    {
        using var reader = new SseReader();
        var output = new ArrayBufferWriter<byte>();
        Feed(transcript[..cut]);
        Feed(transcript[cut..]);
        return Encoding.UTF8.GetString(output.WrittenSpan);

        void Feed(ReadOnlySpan<byte> bytes)
        {
            while (!bytes.IsEmpty)
            {
                var room = reader.GetMemory();
                var count = Math.Min(room.Length, bytes.Length);
                bytes[..count].CopyTo(room.Span);
                reader.Advance(count);
                bytes = bytes[count..];
                while (reader.TryRead(out var received))
                    if (!received.Data.IsEmpty)
                        stream.Next(received, output);
            }
        }
    }

    /// <summary>The text of all chunks of a translated stream.</summary>
    public static string Content(string output) => string.Concat(
        from line in output.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
        where line != "data: [DONE]"
        from choice in JsonElement.Parse(line["data: ".Length..]).GetProperty("choices").EnumerateArray()
        select choice.GetProperty("delta").TryGetProperty("content", out var content) ? content.GetString() : null);

    /// <summary>The events of a transcript, each in memory of its own.</summary>
    public static IReadOnlyList<SseEvent> Events(string transcript)
    {
        using var reader = new SseReader();
        var bytes = Encoding.UTF8.GetBytes(transcript);
        var events = new List<SseEvent>();
        for (var start = 0; start < bytes.Length;)
        {
            var room = reader.GetMemory();
            var count = Math.Min(room.Length, bytes.Length - start);
            bytes.AsMemory(start, count).CopyTo(room);
            reader.Advance(count);
            start += count;
            while (reader.TryRead(out var received)) events.Add(Copy(received));
        }

        if (reader.TryReadLast(out var last)) events.Add(Copy(last));
        return events;
    }

    private static SseEvent Copy(in SseEvent received) => new(received.Type.ToArray(), received.Data.ToArray(), received.Raw.ToArray());
}
