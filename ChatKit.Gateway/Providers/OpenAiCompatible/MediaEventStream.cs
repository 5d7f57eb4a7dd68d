using System.Buffers;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Wire.OpenAi;
using ChatKit.Gateway.Wire.Sse;

namespace ChatKit.Gateway.Providers.OpenAiCompatible;

/// <summary>
/// Streamed images, speech and transcripts: typed events that pass as they came.
/// <code>data: {"type":"transcript.text.done","text":"Hi","usage":{"type":"tokens","input_tokens":14,"output_tokens":45,"total_tokens":59}}</code>
/// The last one's type ends in <c>.done</c> or <c>.completed</c>; several images have one each, so only the end of the stream says that it was the last
/// (https://platform.openai.com/docs/api-reference/images-streaming, https://platform.openai.com/docs/api-reference/audio/transcript-text-done-event).
/// </summary>
internal sealed class MediaEventStream : IAnswerStream
{
    private bool _isComplete;

    public AnswerFacts Facts { get; private set; }

    public GatewayError? Error { get; private set; }

    public StreamStep Next(in SseEvent upstream, IBufferWriter<byte> output)
    {
        var data = upstream.Data.Span;
        if (data.Trim((byte)' ').SequenceEqual("[DONE]"u8))
        {
            output.Write(upstream.Raw.Span);
            return StreamStep.Terminal;
        }

        if (!CompletionScan.TryScan(data, out var scan)) return Fail(OpenAiErrors.Broken("The provider's stream has an event that is not JSON."));
        var type = scan.Type.Of(data);
        if (scan.HasError || type.SequenceEqual("error"u8)) return Fail(OpenAiErrors.Inside(upstream.Data));
        _isComplete |= type.EndsWith(".done"u8) || type.EndsWith(".completed"u8);
        Facts = Facts.With(scan, data);
        output.Write(upstream.Raw.Span);
        return StreamStep.Content;
    }

    public StreamStep End(IBufferWriter<byte> output) => _isComplete ? StreamStep.Terminal : StreamStep.Preamble;

    private StreamStep Fail(GatewayError error)
    {
        Error = error;
        return StreamStep.Failed;
    }
}
