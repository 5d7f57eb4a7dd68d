using System.Buffers;
using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Wire.Gemini;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.OverChat.GenerateContent;

/// <summary>Google's generateContent and streamGenerateContent for providers that have chat completions only.</summary>
internal sealed class GenerateContentOverChat : IChatTranslation
{
    public GatewayError? WriteChat(ModelCall call, ChatExtensions extensions, IBufferWriter<byte> chat, ICollection<string> losses)
    {
        if (!JsonUnicode.IsText(call.Body.Span)) return ChatRefusals.Invalid("request_body", "The request body is not Unicode text.");
        if (AskedReader.Read(ProtoNames.ToCamel(call.Body).Span, GeminiJson.Default.GenerateContentRequest, out var asked) is { } malformed) return malformed;
        var translator = new ContentRequestTranslator(extensions, new Uncarried(call, losses));
        if (translator.Translate(asked!, call, out var request) is { } refused) return refused;
        ChatBody.Write(request!, chat);
        return null;
    }

    public void WriteAnswer(ModelCall call, ChatReply reply, in AnswerFacts facts, IBufferWriter<byte> output)
    {
        using var writer = new Utf8JsonWriter(output, JsonText.Plain);
        JsonSerializer.Serialize(writer, ContentAnswerTranslator.Translate(reply, facts, call.ClientModel), GeminiJson.Default.GenerateContentAnswer);
    }

    public IChunkTranslation OpenStream(ModelCall call) => new ContentChunkStream(call.ClientModel);
}
