using System.Buffers;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Providers.Gemini;
using ChatKit.Gateway.Providers.Messages;

namespace ChatKit.Gateway.Providers.VertexClaude;

/// <summary>
/// Anthropic's Messages with Claude on Vertex AI (https://docs.cloud.google.com/vertex-ai/generative-ai/docs/partner-models/claude/use-claude): the client's body goes on
/// as it is, but for the model, which the address says, and the version, which here stands in the body.
/// </summary>
internal sealed class VertexMessages : IProvider
{
    /// <summary>The one version that Vertex knows.</summary>
    public static byte[] Version { get; } = "\"vertex-2023-10-16\""u8.ToArray();

    public GatewayError? WriteRequest(ModelCall call, UpstreamRequest request)
    {
        request.Begin(call, GeminiHost.Vertex, MethodOf(call));
        request.Headers.AddRange(Betas(call));
        if (call.Envelope.Stream) new MessagesBody(call, request.Losses).WriteWithoutModel(request.Body, ("anthropic_version", Version), ("stream", "true"u8.ToArray()));
        else new MessagesBody(call, request.Losses).WriteWithoutModel(request.Body, ("anthropic_version", Version));
        return null;
    }

    public GatewayError? ReadAnswer(ModelCall call, ReadOnlyMemory<byte> body, IBufferWriter<byte> output, out AnswerFacts facts) =>
        MessagesProvider.Relay(call, body, output, out facts);

    public IAnswerStream OpenStream(ModelCall call) => new MessagesStream(call);

    public GatewayError ReadError(ModelCall call, int status, ReadOnlyMemory<byte> body) => VertexErrors.FromAnswer(status, body);

    /// <summary>The method of a model that takes its maker's own words.</summary>
    public static string MethodOf(ModelCall call) => call.Envelope.Stream ? "streamRawPredict" : "rawPredict";

    /// <summary>The version stands in the body; beta features stand in their header here too.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Betas(ModelCall call) =>
        call.ClientHeaders.Where(static header => header.Key.Equals("anthropic-beta", StringComparison.OrdinalIgnoreCase));
}
