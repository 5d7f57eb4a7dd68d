using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Wire.Anthropic;

namespace ChatKit.Gateway.Providers.VertexClaude;

/// <summary>Claude's errors on Vertex AI: Anthropic's where Claude itself answered, Google's where something before it did.</summary>
internal static class VertexErrors
{
    public static GatewayError FromAnswer(int status, ReadOnlyMemory<byte> body) =>
        MessagesScan.TryScan(body.Span, out var scan) && scan.Type.Of(body.Span).SequenceEqual("error"u8)
            ? AnthropicErrors.FromAnswer(status, body.Span)
            : GeminiErrors.FromAnswer(status, body.Span);
}
