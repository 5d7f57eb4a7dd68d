using System.Buffers;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers.Translation;

namespace ChatKit.Gateway.Providers.OpenAiCompatible;

/// <summary>Every provider that speaks OpenAI's chat completions: what differs between them is data, in its row.</summary>
internal sealed class OpenAiCompatibleProvider(RequestQuirks quirks) : IProvider
{
    public GatewayError? WriteRequest(ModelCall call, UpstreamRequest request)
    {
        request.Begin(call, Operation.Chat);
        return new CompatibleBody(call.WithPlainIds(), quirks, request.Losses).Write(request.Body);
    }

    public GatewayError? ReadAnswer(ModelCall call, ReadOnlyMemory<byte> body, IBufferWriter<byte> output, out AnswerFacts facts) =>
        StampedAnswer.Write(call, body, output, out facts);

    public IAnswerStream OpenStream(ModelCall call) => new ChunkStream(call);

    public GatewayError ReadError(ModelCall call, int status, ReadOnlyMemory<byte> body) => OpenAiErrors.FromAnswer(status, body);
}
