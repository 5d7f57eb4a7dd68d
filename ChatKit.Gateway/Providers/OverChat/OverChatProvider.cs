using System.Buffers;
using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Wire;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.OpenAi;
using ChatKit.Gateway.Wire.Sse;

namespace ChatKit.Gateway.Providers.OverChat;

/// <summary>
/// An operation that a provider does not speak by itself, by way of its chat: the client's request becomes a chat completion request, which the provider's own
/// chat class sends as any other, and what that class answers is told in the client's words.
/// </summary>
internal sealed class OverChatProvider(IProvider chat, IChatTranslation translation, ChatExtensions extensions) : IProvider
{
    public GatewayError? WriteRequest(ModelCall call, UpstreamRequest request) =>
        Translate(call, request.Losses, out var asChat) is { } refused ? refused : chat.WriteRequest(asChat, request);

    public GatewayError? ReadAnswer(ModelCall call, ReadOnlyMemory<byte> body, IBufferWriter<byte> output, out AnswerFacts facts)
    {
        var completion = new ArrayBufferWriter<byte>(Math.Max(body.Length, 256));
        if (chat.ReadAnswer(AsChat(call), body, completion, out facts) is { } failed) return failed;
        if (Read(completion.WrittenSpan) is not { } reply) return OpenAiErrors.Broken("The provider's answer is not a completion of its dialect.");
        translation.WriteAnswer(call, reply, facts, output);
        return null;
    }

    public IAnswerStream OpenStream(ModelCall call) => new OverChatStream(chat.OpenStream(AsChat(call)), translation.OpenStream(call));

    public IEventReader OpenReader() => chat.OpenReader();

    public GatewayError ReadError(ModelCall call, int status, ReadOnlyMemory<byte> body) => chat.ReadError(AsChat(call), status, body);

    private static ChatReply? Read(ReadOnlySpan<byte> completion)
    {
        try
        {
            return JsonUnicode.Read(completion, OpenAiJson.Default.ChatReply);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The call as it was sent. It is translated once: the answer is read with the same call as the request was written with.</summary>
    private ModelCall AsChat(ModelCall call) =>
        call.AsChat ?? (Translate(call, [], out var asChat) is null ? asChat : throw new InvalidOperationException("An answer came to a request that was refused."));

    private GatewayError? Translate(ModelCall call, ICollection<string> losses, out ModelCall asChat)
    {
        var body = new ArrayBufferWriter<byte>(call.Body.Length + 256);
        asChat = call;
        if (translation.WriteChat(call, extensions, body, losses) is { } refused) return refused;
        if (CallEnvelopeReader.Read(body.WrittenSpan, Operation.Chat.Input, out var envelope) is { } problem)
            return new GatewayError(400, "invalid_request_error", problem.Message, problem.Param);
        // What the deployment never sends may be named in either API's words.
        call.AsChat = asChat = ParameterPruning.Prune(
            call with
            {
                Body = body.WrittenMemory,
                Envelope = envelope with { Stream = call.Envelope.Stream, IncludeUsage = true, Parameters = call.Envelope.Parameters },
                ClientHeaders = [],
            },
            losses);
        return null;
    }
}
