using System.Buffers;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.OpenAiCompatible;

/// <summary>A whole answer of OpenAI's dialect on its way through: read for its facts, stamped with the client's name of the model, otherwise as it came.</summary>
internal static class StampedAnswer
{
    public static GatewayError? Write(ModelCall call, ReadOnlyMemory<byte> body, IBufferWriter<byte> output, out AnswerFacts facts)
    {
        facts = default;
        if (!CompletionScan.TryScan(body.Span, out var scan)) return OpenAiErrors.Broken("The provider's answer is not a document of its dialect.");
        if (scan.HasError) return OpenAiErrors.Inside(body);
        ModelStamp.Write(output, body.Span, scan.Model, ModelStamp.Of(call.ClientModel));
        facts = ScannedFacts.Of(scan, body.Span);
        return null;
    }
}
