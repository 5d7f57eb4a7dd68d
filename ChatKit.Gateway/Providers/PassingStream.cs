using System.Buffers;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Wire.Sse;

namespace ChatKit.Gateway.Providers;

/// <summary>An answer that passes unread. It says nothing about itself; its end is the end of the bytes, which the connection vouches for.</summary>
internal sealed class PassingStream : IAnswerStream
{
    public AnswerFacts Facts => default;

    public GatewayError? Error => null;

    public StreamStep Next(in SseEvent upstream, IBufferWriter<byte> output)
    {
        output.Write(upstream.Raw.Span);
        return StreamStep.Content;
    }

    public StreamStep End(IBufferWriter<byte> output) => StreamStep.Terminal;
}
