using System.Buffers;
using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Providers.OpenAiCompatible;
using ChatKit.Gateway.Wire.Anthropic;
using ChatKit.Gateway.Wire.Json;

namespace ChatKit.Gateway.Providers.Messages;

/// <summary>
/// POST /v1/messages where the provider is Anthropic (https://platform.claude.com/docs/en/api/messages/create): the client's bytes go on, and the answer's come
/// back; only the model's name is replaced on both ways.
/// </summary>
internal sealed class MessagesProvider : IProvider
{
    public GatewayError? WriteRequest(ModelCall call, UpstreamRequest request)
    {
        request.Address = call.Deployment.AddressOf("messages", call.UpstreamModel);
        MessagesHeaders.Add(call, request.Headers);
        new MessagesBody(call, request.Losses).Write(request.Body);
        return null;
    }

    public GatewayError? ReadAnswer(ModelCall call, ReadOnlyMemory<byte> body, IBufferWriter<byte> output, out AnswerFacts facts) =>
        Relay(call, body, output, out facts);

    public IAnswerStream OpenStream(ModelCall call) => new MessagesStream(call);

    public GatewayError ReadError(ModelCall call, int status, ReadOnlyMemory<byte> body) => AnthropicErrors.FromAnswer(status, body.Span);

    /// <summary>A whole answer as it came, stamped with the client's name of the model. Also for those who serve Claude elsewhere.</summary>
    public static GatewayError? Relay(ModelCall call, ReadOnlyMemory<byte> body, IBufferWriter<byte> output, out AnswerFacts facts)
    {
        facts = default;
        var json = body.Span;
        if (!MessagesScan.TryScan(json, out var scan)) return AnthropicErrors.Broken("The provider's answer is not a message of its dialect.");
        if (scan.Type.Of(json).SequenceEqual("error"u8)) return AnthropicErrors.Inside(Error(json));
        if (!scan.Type.Of(json).SequenceEqual("message"u8)) return AnthropicErrors.Broken("The provider's answer is not a message of its dialect.");
        ModelStamp.Write(output, json, scan.Model, ModelStamp.Of(call.ClientModel));
        facts = MessagesFacts.Of(scan, json);
        return null;
    }

    /// <summary>The error inside an answer or an event; null where it is not the dialect's.</summary>
    public static MessagesError? Error(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonUnicode.Read(json, AnthropicJson.Default.MessagesErrorAnswer)?.Error;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
