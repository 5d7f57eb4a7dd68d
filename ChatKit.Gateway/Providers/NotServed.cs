using System.Buffers;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Providers;

/// <summary>What a cloud cannot do with some of its models: every call is refused before anything is sent.</summary>
internal sealed class NotServed(Operation operation) : IProvider
{
    public GatewayError? WriteRequest(ModelCall call, UpstreamRequest request) => ProviderCatalog.Cannot(call.Deployment, operation);

    public GatewayError? ReadAnswer(ModelCall call, ReadOnlyMemory<byte> body, IBufferWriter<byte> output, out AnswerFacts facts)
    {
        facts = default;
        return ProviderCatalog.Cannot(call.Deployment, operation);
    }

    public IAnswerStream OpenStream(ModelCall call) => new PassingStream();

    public GatewayError ReadError(ModelCall call, int status, ReadOnlyMemory<byte> body) => ProviderCatalog.Cannot(call.Deployment, operation);
}
