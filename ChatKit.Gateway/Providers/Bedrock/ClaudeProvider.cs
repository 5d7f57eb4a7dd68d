using System.Buffers;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Providers.Messages;
using ChatKit.Gateway.Wire.Sse;

namespace ChatKit.Gateway.Providers.Bedrock;

/// <summary>
/// Anthropic's Messages with Claude on Bedrock, by InvokeModel
/// (https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages-request-response.html): the client's body goes on as it is, but for
/// the model and <c>stream</c>, which the address says, and version and beta features, which here stand in the body.
/// </summary>
internal sealed class ClaudeProvider : IProvider
{
    /// <summary>The one version that Bedrock knows.</summary>
    public static byte[] Version { get; } = "\"bedrock-2023-05-31\""u8.ToArray();

    public GatewayError? WriteRequest(ModelCall call, UpstreamRequest request)
    {
        request.Begin(call, call.Envelope.Stream ? "invoke-with-response-stream" : "invoke");
        new MessagesBody(call, request.Losses).WriteWithoutModel(request.Body, [("anthropic_version", Version), .. ClaudeBetas.Of(call, request.Losses)]);
        return null;
    }

    public GatewayError? ReadAnswer(ModelCall call, ReadOnlyMemory<byte> body, IBufferWriter<byte> output, out AnswerFacts facts) =>
        MessagesProvider.Relay(call, body, output, out facts);

    public IAnswerStream OpenStream(ModelCall call) => new ClaudeStream(call);

    public IEventReader OpenReader() => new EventStreamReader();

    public GatewayError ReadError(ModelCall call, int status, ReadOnlyMemory<byte> body) => BedrockErrors.FromAnswer(status, body.Span);
}
