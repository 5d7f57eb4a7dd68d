using System.Buffers;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Wire.Anthropic;

namespace ChatKit.Gateway.Providers.Messages;

/// <summary>
/// POST /v1/messages/count_tokens where the provider counts by itself (https://platform.claude.com/docs/en/api/messages/count_tokens):
/// <code>{"input_tokens":14}</code>
/// Counting uses no tokens, so the facts have none.
/// </summary>
internal sealed class CountTokensProvider : IProvider
{
    public GatewayError? WriteRequest(ModelCall call, UpstreamRequest request)
    {
        request.Address = call.Deployment.AddressOf("messages/count_tokens", call.UpstreamModel);
        MessagesHeaders.Add(call, request.Headers);
        // What a deployment adds to a call is no part of what is counted.
        var bare = call with { Deployment = call.Deployment with { DefaultParameters = [] } };
        new MessagesBody(bare, request.Losses).Write(request.Body);
        return null;
    }

    public GatewayError? ReadAnswer(ModelCall call, ReadOnlyMemory<byte> body, IBufferWriter<byte> output, out AnswerFacts facts)
    {
        facts = default;
        if (!MessagesScan.TryScan(body.Span, out var scan)) return AnthropicErrors.Broken("The provider's answer is not a count of tokens.");
        if (scan.Type.Of(body.Span).SequenceEqual("error"u8)) return AnthropicErrors.Inside(MessagesProvider.Error(body.Span));
        output.Write(body.Span);
        return null;
    }

    public IAnswerStream OpenStream(ModelCall call) => new MessagesStream(call);

    public GatewayError ReadError(ModelCall call, int status, ReadOnlyMemory<byte> body) => AnthropicErrors.FromAnswer(status, body.Span);
}
