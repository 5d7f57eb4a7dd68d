using System.Buffers;
using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.Cohere;

/// <summary>Cohere's own chat, POST /v2/chat (https://docs.cohere.com/reference/chat).</summary>
internal sealed class CohereProvider(TimeProvider time) : IProvider
{
    public GatewayError? WriteRequest(ModelCall call, UpstreamRequest request)
    {
        if (ChatRequestReader.Read(call, out var chat) is { } malformed) return malformed;
        var translator = new CohereRequestTranslator(call.Parameters, request.Losses);
        if (translator.Translate(chat, call.UpstreamModel, call.Envelope.Stream, out var translated) is { } refused) return refused;
        request.Begin(call, "chat");
        using var writer = new Utf8JsonWriter(request.Body, JsonText.Plain);
        JsonSerializer.Serialize(writer, translated!, CohereJson.Default.CohereRequest);
        return null;
    }

    public GatewayError? ReadAnswer(ModelCall call, ReadOnlyMemory<byte> body, IBufferWriter<byte> output, out AnswerFacts facts)
    {
        facts = default;
        if (Read(body.Span) is not { Id: not null, Message: not null } answer) return OpenAiErrors.Broken("The provider's answer is not a message of its dialect.");
        if (CohereAnswerTranslator.Failure(answer.FinishReason, null) is { } failure) return failure;
        var completion = CohereAnswerTranslator.Translate(answer, call.ClientModel, time.GetUtcNow().ToUnixTimeSeconds());
        using var writer = new Utf8JsonWriter(output, JsonText.Plain);
        JsonSerializer.Serialize(writer, completion, OpenAiJson.Default.ChatCompletion);
        facts = new AnswerFacts(CohereAnswerTranslator.Tokens(answer.Usage), answer.Id, null, completion.Choices[0].FinishReason);
        return null;
    }

    public IAnswerStream OpenStream(ModelCall call) => new CohereStream(call, time.GetUtcNow().ToUnixTimeSeconds());

    /// <summary><c>{"id":"…","message":"invalid api token"}</c> (https://docs.cohere.com/reference/errors)</summary>
    public GatewayError ReadError(ModelCall call, int status, ReadOnlyMemory<byte> body) => OpenAiErrors.FromAnswer(status, body);

    private static CohereAnswer? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonUnicode.Read(body, CohereJson.Default.CohereAnswer);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
