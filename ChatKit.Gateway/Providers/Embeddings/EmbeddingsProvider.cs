using System.Buffers;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers.OpenAiCompatible;
using ChatKit.Gateway.Wire;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.Embeddings;

/// <summary>
/// Embeddings at a provider that speaks OpenAI's dialect (https://platform.openai.com/docs/api-reference/embeddings): the bytes pass, and where the provider
/// knows vectors in one form only, the client still gets them in the form that it asked for.
/// </summary>
internal sealed class EmbeddingsProvider(EmbeddingAbilities abilities) : IProvider
{
    public GatewayError? WriteRequest(ModelCall call, UpstreamRequest request)
    {
        var sent = abilities.KnowsBase64 ? call : EmbeddingInput.WithoutFormat(call);
        if (!abilities.ReadsTokens && EmbeddingInput.Of(call).HasTokens)
        {
            if (TokenText.Decode(sent) is not { } decoded) return EmbeddingInput.TokensRefused(call.Deployment.Provider);
            sent = decoded;
        }

        request.Begin(call, Operation.Embeddings);
        return new CompatibleBody(sent, abilities.Quirks, request.Losses).Write(request.Body);
    }

    public GatewayError? ReadAnswer(ModelCall call, ReadOnlyMemory<byte> body, IBufferWriter<byte> output, out AnswerFacts facts)
    {
        using var converted = new PooledBuffer(body.Length + 16);
        return EmbeddingVectors.TryWrite(body.Span, EmbeddingInput.Of(call).WantsBase64, converted)
            ? StampedAnswer.Write(call, converted.WrittenMemory, output, out facts)
            : StampedAnswer.Write(call, body, output, out facts) ?? OpenAiErrors.Broken("The provider's answer holds vectors that are not numbers.");
    }

    public IAnswerStream OpenStream(ModelCall call) => new MediaEventStream();

    public GatewayError ReadError(ModelCall call, int status, ReadOnlyMemory<byte> body) => OpenAiErrors.FromAnswer(status, body);

    public AnswerForm FormOf(ModelCall call, string? mediaType) => AnswerForm.Document;
}
