using System.Buffers;
using System.Globalization;
using System.Text;
using ChatKit.Gateway.Providers;
using ChatKit.Gateway.Providers.Bedrock;
using ChatKit.Gateway.Tests.Providers.Fidelity;
using ChatKit.Gateway.Wire.Sse;
using ChatKit.Testing.Upstream;
using Xunit;

namespace ChatKit.Gateway.Tests.Providers.Bedrock;

/// <summary>Spoilt events, chunks and frames of Bedrock's own framing: an error at most, never an exception that was not expected.</summary>
public sealed class FuzzTests
{
    private static readonly int Cases = int.Parse(Environment.GetEnvironmentVariable("CHATKIT_FUZZ") ?? "2000", CultureInfo.InvariantCulture);

    [Fact]
    public void Events_and_chunks()
    {
        const string Event = """{"contentBlockIndex":0,"start":{"toolUse":{"name":"n","toolUseId":"t"}},"delta":{"text":"x","toolUse":{"input":"{"},"reasoningContent":{"text":"r","signature":"s"}},"stopReason":"end_turn","usage":{"inputTokens":3,"outputTokens":5},"bytes":"eyJ0eXBlIjoicGluZyJ9"}""";
        string[] types = ["messageStart", "contentBlockStart", "contentBlockDelta", "contentBlockStop", "messageStop", "metadata", "chunk", "throttlingException", "aura", ""];
        for (var seed = 0; seed < Cases; seed++)
        {
            var received = new SseEvent(Encoding.UTF8.GetBytes(types[seed % types.Length]), new JsonMutation(seed).Spoil(Event), "x"u8.ToArray());
            foreach (var stream in (IAnswerStream[])[new ConverseStream(Calls.Call("{}", stream: true), "c", 1), new ClaudeStream(Calls.Call("{}", stream: true))])
                Assert.Equal(stream.Next(received, new ArrayBufferWriter<byte>()) is StreamStep.Failed, stream.Error is not null);
        }
    }

    [Fact]
    public void Frames()
    {
        var random = new Random(1);
        var whole = EventStreamFrame.Event("contentBlockDelta", """{"delta":{"text":"x"}}""");
        for (var i = 0; i < Cases; i++)
        {
            var frame = (byte[])whole.Clone();
            for (var changes = random.Next(1, 4); changes > 0; changes--) frame[random.Next(frame.Length)] = (byte)random.Next(256);
            using var reader = new EventStreamReader();
            frame.CopyTo(reader.GetMemory());
            reader.Advance(frame.Length);
            try
            {
                if (reader.TryRead(out var read)) Assert.Equal(whole, read.Raw.ToArray());
            }
            catch (InvalidDataException)
            {
                // What a frame that lies is for.
            }
        }
    }
}
