using BenchmarkDotNet.Attributes;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Wire;

namespace ChatKit.Bench.Micro;

/// <summary>Checking a request body and reading what the spine acts on.</summary>
[MemoryDiagnoser]
public class RequestEnvelope
{
    [Benchmark(Baseline = true)]
    public bool OneQuestion() => CallEnvelopeReader.Read(Samples.ShortRequest, Operation.Chat.Input, out _) is null;

    [Benchmark]
    public bool Conversation64K() => CallEnvelopeReader.Read(Samples.LongRequest, Operation.Chat.Input, out _) is null;
}
