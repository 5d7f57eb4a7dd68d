using System.Buffers;
using System.Text;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Providers.Mock;
using ChatKit.Gateway.Tokens;

namespace ChatKit.Gateway.Providers.Messages;

/// <summary>
/// <c>count_tokens</c> for providers that count only while they answer: the gateway counts by itself and calls nobody. For OpenAI's models the count is theirs,
/// for others an estimate.
/// </summary>
internal sealed class EstimatedTokens(TimeProvider time) : IProvider, IUpstream
{
    public GatewayError? WriteRequest(ModelCall call, UpstreamRequest request) =>
        call.Envelope.Stream ? new GatewayError(400, "invalid_request_error", "stream: Extra inputs are not permitted", "stream") : null;

    public ValueTask<UpstreamResponse> SendAsync(ModelCall call, UpstreamRequest request, CancellationToken cancellationToken)
    {
        var count = new ArrayBufferWriter<byte>(32);
        Encoding.UTF8.GetBytes($$"""{"input_tokens":{{RequestTokens.Count(call.Body, call.UpstreamModel)}}}""", count);
        return ValueTask.FromResult<UpstreamResponse>(new MockResponse(200, "application/json", [count.WrittenMemory], time, TimeSpan.Zero));
    }

    public GatewayError? ReadAnswer(ModelCall call, ReadOnlyMemory<byte> body, IBufferWriter<byte> output, out AnswerFacts facts)
    {
        facts = default;
        output.Write(body.Span);
        return null;
    }

    public IAnswerStream OpenStream(ModelCall call) => new MessagesStream(call);

    public GatewayError ReadError(ModelCall call, int status, ReadOnlyMemory<byte> body) => OpenAiErrors.FromAnswer(status, body);
}
