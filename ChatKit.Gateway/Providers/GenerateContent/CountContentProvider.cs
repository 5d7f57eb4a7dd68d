using System.Buffers;
using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Providers.Gemini;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Providers.GenerateContent;

/// <summary>
/// countTokens where the provider counts by itself (https://ai.google.dev/api/tokens): <code>{"totalTokens":31}</code>
/// Of contents alone, or of a whole request in <c>generateContentRequest</c>, which Vertex AI wants without that envelope
/// (https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/count-tokens). Counting uses no tokens, so the facts have none.
/// </summary>
internal sealed class CountContentProvider(GeminiHost host) : IProvider
{
    private static ReadOnlySpan<byte> Whole => "generateContentRequest"u8;

    public GatewayError? WriteRequest(ModelCall call, UpstreamRequest request)
    {
        request.Begin(call, host, "countTokens");
        // What a deployment adds to a call is no part of what is counted.
        var bare = call with { Deployment = call.Deployment with { DefaultParameters = [] } };
        if (Inner(call) is not { } whole)
        {
            new ContentBody(bare, request.Losses).Write(request.Body);
            return null;
        }

        var inner = bare.WithBody(whole);
        if (host is GeminiHost.Vertex)
        {
            new ContentBody(inner, request.Losses).Write(request.Body);
            return null;
        }

        request.Body.Write("{\"generateContentRequest\":"u8);
        WriteNamed(inner, $"models/{call.UpstreamModel}", request.Body);
        request.Body.Write("}"u8);
        return null;
    }

    public GatewayError? ReadAnswer(ModelCall call, ReadOnlyMemory<byte> body, IBufferWriter<byte> output, out AnswerFacts facts)
    {
        facts = default;
        if (JsonMembers.TryRead(body.Span, [], out _) is not null) return GeminiErrors.Broken("The provider's answer is not a count of tokens.");
        output.Write(body.Span);
        return null;
    }

    public IAnswerStream OpenStream(ModelCall call) => new ContentStream();

    public GatewayError ReadError(ModelCall call, int status, ReadOnlyMemory<byte> body) => GeminiErrors.FromAnswer(status, body.Span);

    private static ReadOnlyMemory<byte>? Inner(ModelCall call)
    {
        foreach (var member in call.Envelope.Members)
            if (member.Kind is JsonTokenType.StartObject && (member.Is(call.Body.Span, Whole) || member.Is(call.Body.Span, "generate_content_request"u8)))
                return call.Body[member.ValueStart..member.ValueEnd];
        return null;
    }

    /// <summary>Inside the envelope the request names its model, and it has to be the one of the address.</summary>
    private static void WriteNamed(ModelCall inner, string model, IBufferWriter<byte> output)
    {
        var splice = new JsonSplice(inner.Body.Span, 0, output);
        foreach (var member in inner.Envelope.Members)
        {
            if (member.Is(inner.Body.Span, "model"u8)) splice.Drop(member);
            else splice.Keep(member);
        }

        splice.Append("model", JsonText.Quote(model));
        splice.Finish();
    }
}
