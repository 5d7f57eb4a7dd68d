using System.Buffers;
using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.OpenAi;
using ChatKit.Gateway.Wire.Sse;

namespace ChatKit.Gateway.Providers.Ollama;

/// <summary>
/// Ollama, which has two chats: OpenAI's, spoken wherever it is enough, and its own (https://docs.ollama.com/api/chat) for what only that one can do
/// (<see cref="OllamaParameters"/>).
/// </summary>
internal sealed class OllamaProvider(IProvider openAi, TimeProvider time) : IProvider
{
    public GatewayError? WriteRequest(ModelCall call, UpstreamRequest request)
    {
        if (!OllamaParameters.NeedsOwnApi(call)) return openAi.WriteRequest(call, request);
        if (ChatRequestReader.Read(call, out var chat) is { } malformed) return malformed;
        var translator = new OllamaRequestTranslator(call.Parameters, request.Losses);
        if (translator.Translate(chat, call.UpstreamModel, call.Envelope.Stream, out var translated) is { } refused) return refused;
        request.Begin(call, OwnPath("chat"));
        request.Address = OwnAddress(request.Address);
        using var writer = new Utf8JsonWriter(request.Body, JsonText.Plain);
        JsonSerializer.Serialize(writer, translated!, OllamaJson.Default.OllamaRequest);
        return null;
    }

    public GatewayError? ReadAnswer(ModelCall call, ReadOnlyMemory<byte> body, IBufferWriter<byte> output, out AnswerFacts facts)
    {
        facts = default;
        if (!OllamaParameters.NeedsOwnApi(call)) return openAi.ReadAnswer(call, body, output, out facts);
        if (OllamaAnswers.Read(body.Span) is not { } answer) return OpenAiErrors.Broken("The provider's answer is not a message of its dialect.");
        if (answer.Error is { } error) return OllamaAnswers.Failed(error);
        if (answer.Message is null) return OpenAiErrors.Broken("The provider's answer is not a message of its dialect.");
        var completion = OllamaAnswers.Translate(answer, call.ClientModel, time.GetUtcNow().ToUnixTimeSeconds());
        using var writer = new Utf8JsonWriter(output, JsonText.Plain);
        JsonSerializer.Serialize(writer, completion, OpenAiJson.Default.ChatCompletion);
        facts = new AnswerFacts(OllamaAnswers.Tokens(answer), completion.Id, answer.Model, completion.Choices[0].FinishReason);
        return null;
    }

    public IAnswerStream OpenStream(ModelCall call) =>
        OllamaParameters.NeedsOwnApi(call) ? new OllamaStream(call, time.GetUtcNow().ToUnixTimeSeconds()) : openAi.OpenStream(call);

    public IEventReader OpenReader() => new LinesOrEventsReader();

    /// <summary><c>{"error":"model 'x' not found"}</c>, as everywhere in the family.</summary>
    public GatewayError ReadError(ModelCall call, int status, ReadOnlyMemory<byte> body) => openAi.ReadError(call, status, body);

    /// <summary>The base address ends with the OpenAI endpoint's <c>/v1</c>; Ollama's own API stands beside it.</summary>
    public static Uri? OwnAddress(Uri? address) =>
        address is null ? null : new Uri(address.AbsoluteUri.Replace("/v1/api/", "/api/", StringComparison.Ordinal));

    public static string OwnPath(string operation) => $"api/{operation}";
}
