using System.Buffers;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Wire.Sse;

namespace ChatKit.Gateway.Providers.Responses;

/// <summary>
/// A provider whose newer addresses have the Responses API and whose older ones have not: Azure, where the older name the model in the path
/// (https://learn.microsoft.com/azure/ai-foundry/openai/how-to/responses).
/// </summary>
internal sealed class ResponsesWhereServed(IProvider native, IProvider overChat) : IProvider
{
    /// <summary>True where the deployment's provider knows the answers that it gave.</summary>
    public static bool IsNative(Deployment deployment) => !deployment.OperationPath.Contains("{model}", StringComparison.Ordinal);

    public GatewayError? WriteRequest(ModelCall call, UpstreamRequest request) => At(call).WriteRequest(call, request);

    public GatewayError? ReadAnswer(ModelCall call, ReadOnlyMemory<byte> body, IBufferWriter<byte> output, out AnswerFacts facts) => At(call).ReadAnswer(call, body, output, out facts);

    public AnswerForm FormOf(ModelCall call, string? mediaType) => At(call).FormOf(call, mediaType);

    public IAnswerStream OpenStream(ModelCall call) => At(call).OpenStream(call);

    public IEventReader OpenReader() => native.OpenReader();

    public GatewayError ReadError(ModelCall call, int status, ReadOnlyMemory<byte> body) => At(call).ReadError(call, status, body);

    private IProvider At(ModelCall call) => IsNative(call.Deployment) ? native : overChat;
}
