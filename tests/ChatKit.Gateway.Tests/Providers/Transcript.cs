using System.Buffers;
using System.Text;
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
            steps.Add(stream.Next(received, output));
            if (steps[^1] is StreamStep.Terminal or StreamStep.Failed) break;
        }

        return (Encoding.UTF8.GetString(output.WrittenSpan), steps);
    }

    /// <summary>The events of a transcript.</summary>
    public static IEnumerable<SseEvent> Events(string transcript) =>
        from raw in transcript.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
        let lines = raw.Split('\n')
        select new SseEvent(Field(lines, "event: "), Field(lines, "data: "), Encoding.UTF8.GetBytes(raw + "\n\n"));

    private static byte[] Field(string[] lines, string name) =>
        Encoding.UTF8.GetBytes(string.Join('\n', lines.Where(line => line.StartsWith(name, StringComparison.Ordinal)).Select(line => line[name.Length..])));
}
