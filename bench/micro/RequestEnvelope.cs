using BenchmarkDotNet.Attributes;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Bench.Micro;

/// <summary>Checking a request body and reading what the spine acts on.</summary>
[MemoryDiagnoser]
public class RequestEnvelope
{
    [Benchmark(Baseline = true)]
    public bool OneQuestion() => ChatEnvelopeReader.Read(Samples.ShortRequest, out _) is null;

    [Benchmark]
    public bool Conversation64K() => ChatEnvelopeReader.Read(Samples.LongRequest, out _) is null;
}
