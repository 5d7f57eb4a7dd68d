using System.Buffers;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Providers.Gemini;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Providers.VertexClaude;

/// <summary>Chat with Claude on Vertex AI: what Anthropic's own translation writes, at the cloud's address and with the version in the body in place of the model.</summary>
internal sealed class VertexChat(IProvider anthropic) : IProvider
{
    public GatewayError? WriteRequest(ModelCall call, UpstreamRequest request)
    {
        using var written = new UpstreamRequest();
        var refused = anthropic.WriteRequest(call, written);
        request.Losses.AddRange(written.Losses);
        if (refused is not null) return refused;
        request.Begin(call, GeminiHost.Vertex, VertexMessages.MethodOf(call));
        request.Headers.AddRange(written.Headers.Where(static header => header.Key.Equals("anthropic-beta", StringComparison.OrdinalIgnoreCase)));
        Rewrite(written.Body.WrittenSpan, request.Body);
        return null;
    }

    public GatewayError? ReadAnswer(ModelCall call, ReadOnlyMemory<byte> body, IBufferWriter<byte> output, out AnswerFacts facts) => anthropic.ReadAnswer(call, body, output, out facts);

    public IAnswerStream OpenStream(ModelCall call) => anthropic.OpenStream(call);

    public GatewayError ReadError(ModelCall call, int status, ReadOnlyMemory<byte> body) => VertexErrors.FromAnswer(status, body);

    private static void Rewrite(ReadOnlySpan<byte> body, IBufferWriter<byte> output)
    {
        var members = new List<JsonMember>();
        JsonMembers.Read(body, members);
        var splice = new JsonSplice(body, objectStart: 0, output);
        foreach (var member in members)
        {
            if (member.Is(body, "model"u8)) splice.Drop(member);
            else splice.Keep(member);
        }

        splice.Append("anthropic_version", VertexMessages.Version);
        splice.Finish();
    }
}
