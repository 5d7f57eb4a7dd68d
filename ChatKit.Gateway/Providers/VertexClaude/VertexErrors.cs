using ChatKit.Gateway.Errors;

namespace ChatKit.Gateway.Providers.VertexClaude;

/// <summary>Claude's errors on Vertex AI: Anthropic's where Claude itself answered, Google's where something before it did. Both have their text in <c>error.message</c>.</summary>
internal static class VertexErrors
{
    public static GatewayError FromAnswer(int status, ReadOnlyMemory<byte> body) => body.Span.IndexOf("\"type\""u8) is >= 0 and < 16
        ? AnthropicErrors.FromAnswer(status, body.Span)
        : OpenAiErrors.FromAnswer(status, body);
}
