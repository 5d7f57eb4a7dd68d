using BenchmarkDotNet.Attributes;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers;
using ChatKit.Gateway.Providers.OpenAiCompatible;
using ChatKit.Gateway.Wire;
using ChatKit.Gateway.Wire.Sse;

namespace ChatKit.Bench.Micro;

/// <summary>What an OpenAI-compatible provider does to the bytes of a call: the request, a whole answer, a chunk of a stream.</summary>
[MemoryDiagnoser]
public class ProviderPath
{
    private readonly OpenAiCompatibleProvider _provider = new(RequestQuirks.None);
    private readonly SseEvent _chunk = new(default, Samples.Chunk, Samples.Chunk);
    private readonly PooledBuffer _output = new(128 * 1024);
    private ModelCall _short = null!;
    private ModelCall _long = null!;
    private IAnswerStream _stream = null!;

    [GlobalSetup]
    public void Prepare()
    {
        _short = Call(Samples.ShortRequest);
        _long = Call(Samples.LongRequest);
        _stream = _provider.OpenStream(_short);
    }

    [Benchmark]
    public bool WriteShortRequest() => Write(_short);

    [Benchmark]
    public bool Write64KRequest() => Write(_long);

    [Benchmark]
    public bool ReadAnswer()
    {
        _output.Clear();
        return _provider.ReadAnswer(_short, Samples.Answer, _output, out _) is null;
    }

    [Benchmark]
    public bool RelayChunk()
    {
        _output.Clear();
        return _stream.Next(_chunk, _output) is StreamStep.Content;
    }

    private bool Write(ModelCall call)
    {
        using var request = new UpstreamRequest();
        return _provider.WriteRequest(call, request) is null;
    }

    private static ModelCall Call(byte[] body)
    {
        if (CallEnvelopeReader.Read(body, Operation.Chat.Input, out var envelope) is { } problem) throw new InvalidOperationException(problem.Message);
        var deployment = new Deployment
        {
            Id = "d1",
            GroupName = "gpt-5",
            Provider = "openai",
            UpstreamModel = "gpt-5-2026-01-01",
            BaseAddress = new Uri("https://api.openai.com/v1"),
            ApiKey = new Secret("sk-of-the-provider"),
            Timeouts = CallTimeouts.Default,
        };
        return new ModelCall(envelope, body, deployment, deployment.UpstreamModel, "gpt-5");
    }
}
