using System.Buffers;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Providers.Gemini;
using ChatKit.Gateway.Wire.Gemini;
using ChatKit.Gateway.Wire.Sse;

namespace ChatKit.Gateway.Providers.GenerateContent;

/// <summary>
/// generateContent and streamGenerateContent where the provider is Google (https://ai.google.dev/api/generate-content): the client's bytes go on, and the
/// answer's come back.
/// </summary>
internal sealed class ContentProvider(GeminiHost host) : IProvider
{
    public GatewayError? WriteRequest(ModelCall call, UpstreamRequest request)
    {
        request.BeginContent(call, host);
        new ContentBody(call, request.Losses).Write(request.Body);
        return null;
    }

    public GatewayError? ReadAnswer(ModelCall call, ReadOnlyMemory<byte> body, IBufferWriter<byte> output, out AnswerFacts facts)
    {
        facts = default;
        if (!ContentScan.TryScan(body.Span, out var scan)) return GeminiErrors.Broken("The provider's answer is not one of its dialect.");
        if (scan.HasError) return GeminiErrors.Inside(body.Span);
        if (!scan.HasCandidates && scan.BlockReason.IsEmpty) return GeminiErrors.Broken("The provider's answer is not one of its dialect: it has no candidate.");
        var found = new ContentFacts();
        found.Learn(scan, body.Span);
        facts = found.Value;
        output.Write(body.Span);
        return null;
    }

    public IAnswerStream OpenStream(ModelCall call) => new ContentStream();

    public IEventReader OpenReader() => new ContentEventReader();

    public GatewayError ReadError(ModelCall call, int status, ReadOnlyMemory<byte> body) => GeminiErrors.FromAnswer(status, body.Span);
}
