using System.Buffers;
using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Wire.Anthropic;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.OverChat.Messages;

/// <summary>Anthropic's Messages for providers that have chat completions only.</summary>
internal sealed class MessagesOverChat : IChatTranslation
{
    public GatewayError? WriteChat(ModelCall call, ChatExtensions extensions, IBufferWriter<byte> chat, ICollection<string> losses)
    {
        if (AskedReader.Read(call.Body.Span, AnthropicJson.Default.AskedMessages, out var asked) is { } malformed) return malformed;
        var translator = new MessagesRequestTranslator(extensions, new Uncarried(call, losses));
        if (translator.Translate(asked!, call, out var request) is { } refused) return refused;
        ChatBody.Write(request!, chat);
        return null;
    }

    public void WriteAnswer(ModelCall call, ChatReply reply, in AnswerFacts facts, IBufferWriter<byte> output)
    {
        using var writer = new Utf8JsonWriter(output, JsonText.Plain);
        JsonSerializer.Serialize(writer, MessagesAnswerTranslator.Translate(reply, facts, call.ClientModel), AnthropicJson.Default.GivenMessage);
    }

    public IChunkTranslation OpenStream(ModelCall call) => new MessagesChunkStream(call.ClientModel);
}
