using BenchmarkDotNet.Attributes;
using ChatKit.Gateway.Wire.Sse;

namespace ChatKit.Bench.Micro;

/// <summary>Cutting a streamed answer into its events.</summary>
[MemoryDiagnoser]
public class SseParsing
{
    /// <summary>Bytes that arrive at once: one event and a bit, or all that a socket buffer holds.</summary>
    [Params(300, 8192)]
    public int Piece { get; set; }

    [Benchmark]
    public int Events()
    {
        using var reader = new SseReader();
        var events = 0;
        for (ReadOnlySpan<byte> rest = Samples.Stream; !rest.IsEmpty;)
        {
            var memory = reader.GetMemory();
            var piece = rest[..Math.Min(Math.Min(Piece, memory.Length), rest.Length)];
            piece.CopyTo(memory.Span);
            reader.Advance(piece.Length);
            while (reader.TryRead(out _)) events++;
            rest = rest[piece.Length..];
        }

        return events;
    }
}
