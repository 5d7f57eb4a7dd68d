using System.Buffers;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Providers.OpenAiCompatible;

/// <summary>
/// An operation of OpenAI's besides chat, at a provider that has it: the client's bytes with the model's name replaced, the answer's bytes with the
/// client's name in it. What comes back decides how it passes: documents, events, or sound.
/// </summary>
internal sealed class OperationProvider(Operation operation, RequestQuirks quirks) : IProvider
{
    /// <summary>Of the operations that stream, only completions are asked for usage; the others say it unasked.</summary>
    private readonly RequestQuirks _quirks =
        operation == Operation.Completions || !quirks.AcceptsStreamOptions ? quirks : quirks with { Drops = [.. quirks.Drops, "stream_options"] };

    public GatewayError? WriteRequest(ModelCall call, UpstreamRequest request)
    {
        request.Begin(call, operation);
        return new CompatibleBody(call, _quirks, request.Losses).Write(request.Body);
    }

    public GatewayError? ReadAnswer(ModelCall call, ReadOnlyMemory<byte> body, IBufferWriter<byte> output, out AnswerFacts facts) =>
        StampedAnswer.Write(call, body, output, out facts);

    public AnswerForm FormOf(ModelCall call, string? mediaType) => mediaType switch
    {
        "text/event-stream" => AnswerForm.Events,
        "application/json" => AnswerForm.Document,
        _ => operation == Operation.Speech ? AnswerForm.Bytes : AnswerForm.Document,
    };

    public IAnswerStream OpenStream(ModelCall call) => operation == Operation.Completions ? new ChunkStream(call) : new MediaEventStream();

    public GatewayError ReadError(ModelCall call, int status, ReadOnlyMemory<byte> body) => OpenAiErrors.FromAnswer(status, body);
}
