using System.Buffers;
using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.OpenAi;
using ChatKit.Gateway.Wire.OpenAi.Responses;

namespace ChatKit.Gateway.Providers.OverChat.Responses;

/// <summary>OpenAI's Responses for providers that have chat completions only.</summary>
internal sealed class ResponsesOverChat(TimeProvider time) : IChatTranslation
{
    public GatewayError? WriteChat(ModelCall call, ChatExtensions extensions, IBufferWriter<byte> chat, ICollection<string> losses)
    {
        if (AskedReader.Read(call.Body.Span, ResponsesJson.Default.AskedResponse, out var asked) is { } malformed) return malformed;
        var translator = new ResponsesRequestTranslator(extensions, new Uncarried(call, losses));
        if (translator.Translate(asked!, call, out var request) is { } refused) return refused;
        ChatBody.Write(request!, chat);
        return null;
    }

    public void WriteAnswer(ModelCall call, ChatReply reply, in AnswerFacts facts, IBufferWriter<byte> output)
    {
        var ids = new ResponseIds(time.GetUtcNow());
        var response = ResponsesAnswerTranslator.Translate(reply, facts, Shell(call, ids), ids);
        using var writer = new Utf8JsonWriter(output, JsonText.Plain);
        JsonSerializer.Serialize(writer, response, ResponsesJson.Default.GivenResponse);
    }

    public IChunkTranslation OpenStream(ModelCall call)
    {
        var ids = new ResponseIds(time.GetUtcNow());
        return new ResponsesChunkStream(Shell(call, ids), ids);
    }

    /// <summary>The answer before anything is answered: what was asked.</summary>
    private GivenResponse Shell(ModelCall call, ResponseIds ids)
    {
        AskedReader.Read(call.Body.Span, ResponsesJson.Default.AskedResponse, out var asked);
        return ResponseShell.Of(asked ?? new AskedResponse(), call, ids.Response, time.GetUtcNow().ToUnixTimeSeconds());
    }
}
