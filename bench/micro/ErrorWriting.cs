using BenchmarkDotNet.Attributes;
using ChatKit.Gateway.Wire;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Bench.Micro;

/// <summary>An error to the client, and one from a provider.</summary>
[MemoryDiagnoser]
public class ErrorWriting
{
    private static readonly byte[] Answer =
        """{"error":{"message":"Rate limit reached for gpt-5.","type":"requests","param":null,"code":"rate_limit_exceeded"}}"""u8.ToArray();

    private readonly PooledBuffer _output = new();

    [Benchmark]
    public int Write()
    {
        _output.Clear();
        ErrorWire.Write(_output, "Invalid model name passed in model=gpt-0.", "invalid_request_error", "model", "400");
        return _output.WrittenCount;
    }

    [Benchmark]
    public bool Read() => ErrorWire.Read(Answer) is not null;
}
