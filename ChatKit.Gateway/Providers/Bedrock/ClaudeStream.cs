using System.Buffers;
using System.Text;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Providers.Messages;
using ChatKit.Gateway.Wire.Anthropic;
using ChatKit.Gateway.Wire.Sse;

namespace ChatKit.Gateway.Providers.Bedrock;

/// <summary>A streamed message of Claude's out of Bedrock's framing: each chunk is one event of Anthropic's, which goes on as a server-sent event.</summary>
internal sealed class ClaudeStream(ModelCall call) : IAnswerStream
{
    private readonly MessagesStream _messages = new(call);
    private readonly ArrayBufferWriter<byte> _event = new();
    private GatewayError? _error;

    public GatewayError? Error => _error ?? _messages.Error;

    public AnswerFacts Facts => _messages.Facts;

    public StreamStep Next(in SseEvent upstream, IBufferWriter<byte> output)
    {
        var type = Encoding.UTF8.GetString(upstream.Type.Span);
        if (BedrockErrors.IsException(type)) return Fail(BedrockErrors.Inside(type, upstream.Data.Span));
        if (type != "chunk") return StreamStep.Preamble;
        return BedrockChunk.TryDecode(upstream.Data.Span, out var inner) && MessagesScan.TryScan(inner, out var scan)
            ? _messages.Next(AsServerSent(inner, scan.Type.Of(inner)), output)
            : Fail(BedrockErrors.Broken("The provider's stream holds a chunk that is not an event of Anthropic's."));
    }

    private SseEvent AsServerSent(byte[] json, ReadOnlySpan<byte> type)
    {
        _event.ResetWrittenCount();
        _event.Write("event: "u8);
        _event.Write(type);
        _event.Write("\ndata: "u8);
        var start = _event.WrittenCount;
        _event.Write(json);
        _event.Write("\n\n"u8);
        var raw = _event.WrittenMemory;
        return new SseEvent(raw.Slice("event: ".Length, type.Length), raw.Slice(start, json.Length), raw);
    }

    private StreamStep Fail(GatewayError error)
    {
        _error = error;
        return StreamStep.Failed;
    }
}
