using System.Buffers;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.OpenAiCompatible;

/// <summary>Every provider that speaks OpenAI's chat completions: what differs between them is data, in its row.</summary>
internal sealed class OpenAiCompatibleProvider(RequestQuirks quirks) : IProvider
{
    public GatewayError? WriteRequest(ModelCall call, UpstreamRequest request)
    {
        request.Address = call.Deployment.AddressOf("chat/completions", call.UpstreamModel);
        if (call.Deployment.ApiKey is { } key) request.Headers.Add(KeyHeaderOf(call.Deployment.KeyHeader, key));
        request.Headers.AddRange(call.Deployment.Headers);
        return new CompatibleBody(call, quirks, request.Losses).Write(request.Body);
    }

    public GatewayError? ReadAnswer(ModelCall call, ReadOnlyMemory<byte> body, IBufferWriter<byte> output, out AnswerFacts facts)
    {
        facts = default;
        if (!CompletionScan.TryScan(body.Span, out var scan)) return OpenAiErrors.Broken("The provider's answer is not a completion of its dialect.");
        if (scan.HasError) return OpenAiErrors.Inside(body);
        ModelStamp.Write(output, body.Span, scan.Model, ModelStamp.Of(call.ClientModel));
        facts = ScannedFacts.Of(scan, body.Span);
        return null;
    }

    public IAnswerStream OpenStream(ModelCall call) => new ChunkStream(call);

    public GatewayError ReadError(ModelCall call, int status, ReadOnlyMemory<byte> body) => OpenAiErrors.FromAnswer(status, body);

    private static KeyValuePair<string, string> KeyHeaderOf(KeyHeader header, Secret key) => header switch
    {
        KeyHeader.ApiKey => new("api-key", key.Reveal()),
        KeyHeader.XApiKey => new("x-api-key", key.Reveal()),
        _ => new("Authorization", $"Bearer {key.Reveal()}"),
    };
}
