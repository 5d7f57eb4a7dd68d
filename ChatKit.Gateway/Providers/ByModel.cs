using System.Buffers;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Wire.Sse;

namespace ChatKit.Gateway.Providers;

/// <summary>One operation at a cloud that serves models of several makers: some speak it in their own words, all others by translation. Both are framed alike.</summary>
/// <param name="isOwn">True for a call of a model with words of its own.</param>
/// <param name="own">Those words.</param>
/// <param name="others">What the others speak.</param>
internal sealed class ByModel(Func<ModelCall, bool> isOwn, IProvider own, IProvider others) : IProvider
{
    public GatewayError? WriteRequest(ModelCall call, UpstreamRequest request) => Of(call).WriteRequest(call, request);

    public GatewayError? ReadAnswer(ModelCall call, ReadOnlyMemory<byte> body, IBufferWriter<byte> output, out AnswerFacts facts) => Of(call).ReadAnswer(call, body, output, out facts);

    public AnswerForm FormOf(ModelCall call, string? mediaType) => Of(call).FormOf(call, mediaType);

    public IAnswerStream OpenStream(ModelCall call) => Of(call).OpenStream(call);

    public IEventReader OpenReader() => own.OpenReader();

    public GatewayError ReadError(ModelCall call, int status, ReadOnlyMemory<byte> body) => Of(call).ReadError(call, status, body);

    private IProvider Of(ModelCall call) => isOwn(call) ? own : others;
}
