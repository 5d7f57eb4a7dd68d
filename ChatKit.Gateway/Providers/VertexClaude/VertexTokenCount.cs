using System.Buffers;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Providers.Messages;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Providers.VertexClaude;

/// <summary>
/// Anthropic's token count on Vertex AI (https://docs.cloud.google.com/vertex-ai/generative-ai/docs/partner-models/claude/count-tokens), which has a model's address of its
/// own and the model in the body.
/// </summary>
internal sealed class VertexTokenCount : IProvider
{
    private readonly CountTokensProvider _count = new();

    public GatewayError? WriteRequest(ModelCall call, UpstreamRequest request)
    {
        request.Begin(call, "publishers/anthropic/models/count-tokens:rawPredict");
        request.Headers.AddRange(VertexMessages.Betas(call));
        var bare = call with { Deployment = call.Deployment with { DefaultParameters = [] } };
        new MessagesBody(bare, request.Losses).WriteWithoutModel(request.Body, ("anthropic_version", VertexMessages.Version), ("model", JsonText.Quote(call.UpstreamModel)));
        return null;
    }

    public GatewayError? ReadAnswer(ModelCall call, ReadOnlyMemory<byte> body, IBufferWriter<byte> output, out AnswerFacts facts) => _count.ReadAnswer(call, body, output, out facts);

    public IAnswerStream OpenStream(ModelCall call) => _count.OpenStream(call);

    public GatewayError ReadError(ModelCall call, int status, ReadOnlyMemory<byte> body) => VertexErrors.FromAnswer(status, body);
}
