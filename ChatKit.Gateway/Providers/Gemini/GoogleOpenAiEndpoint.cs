using System.Buffers;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;

namespace ChatKit.Gateway.Providers.Gemini;

/// <summary>
/// What AI Studio serves in OpenAI's own shape, embeddings and images, at its OpenAI endpoint (https://ai.google.dev/gemini-api/docs/openai): below <c>/openai</c>, and
/// with the key as a bearer token.
/// </summary>
internal sealed class GoogleOpenAiEndpoint(IProvider openAi) : IProvider
{
    public GatewayError? WriteRequest(ModelCall call, UpstreamRequest request) =>
        openAi.WriteRequest(call with { Deployment = call.Deployment with { OperationPath = "openai/{operation}", KeyHeader = KeyHeader.Bearer } }, request);

    public GatewayError? ReadAnswer(ModelCall call, ReadOnlyMemory<byte> body, IBufferWriter<byte> output, out AnswerFacts facts) => openAi.ReadAnswer(call, body, output, out facts);

    public AnswerForm FormOf(ModelCall call, string? mediaType) => openAi.FormOf(call, mediaType);

    public IAnswerStream OpenStream(ModelCall call) => openAi.OpenStream(call);

    public GatewayError ReadError(ModelCall call, int status, ReadOnlyMemory<byte> body) => openAi.ReadError(call, status, body);
}
