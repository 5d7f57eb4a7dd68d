using System.Buffers;
using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Wire.Anthropic;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.Anthropic;

/// <summary>Anthropic's own wire, POST /v1/messages (https://platform.claude.com/docs/en/api/overview).</summary>
internal sealed class AnthropicProvider(TimeProvider time) : IProvider
{
    /// <summary>https://platform.claude.com/docs/en/api/versioning: the only current version.</summary>
    private const string Version = "2023-06-01";

    public GatewayError? WriteRequest(ModelCall call, UpstreamRequest request)
    {
        if (ChatRequestReader.Read(call, out var chat) is { } malformed) return malformed;
        var translator = new AnthropicRequestTranslator(call.Parameters, request.Losses);
        if (translator.Translate(chat, call.UpstreamModel, call.Envelope.Stream, out var messages) is { } refused) return refused;

        request.Address = call.Deployment.AddressOf("messages", call.UpstreamModel);
        if (call.Deployment.ApiKey is { } key) request.Headers.Add(new("x-api-key", key.Reveal()));
        request.Headers.Add(new("anthropic-version", Version));
        request.Headers.AddRange(call.Deployment.Headers);
        using var writer = new Utf8JsonWriter(request.Body, JsonText.Plain);
        JsonSerializer.Serialize(writer, messages!, AnthropicJson.Default.MessagesRequest);
        return null;
    }

    public GatewayError? ReadAnswer(ModelCall call, ReadOnlyMemory<byte> body, IBufferWriter<byte> output, out AnswerFacts facts)
    {
        facts = default;
        var answer = Read(body.Span);
        if (answer is { Type: "error" }) return AnthropicErrors.Inside(answer.Error);
        if (answer is not { Id: { } id, Type: "message", Content: not null })
            return AnthropicErrors.Broken("The provider's answer is not a message of its dialect.");
        var completion = AnthropicAnswerTranslator.Translate(answer, call.ClientModel, time.GetUtcNow().ToUnixTimeSeconds());
        using var writer = new Utf8JsonWriter(output, JsonText.Plain);
        JsonSerializer.Serialize(writer, completion, OpenAiJson.Default.ChatCompletion);
        facts = new AnswerFacts(AnthropicAnswerTranslator.Tokens(answer.Usage), id, answer.Model, completion.Choices[0].FinishReason);
        return null;
    }

    public IAnswerStream OpenStream(ModelCall call) => new AnthropicStream(call, time.GetUtcNow().ToUnixTimeSeconds());

    public GatewayError ReadError(ModelCall call, int status, ReadOnlyMemory<byte> body) => AnthropicErrors.FromAnswer(status, body.Span);

    private static MessagesAnswer? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonUnicode.Read(body, AnthropicJson.Default.MessagesAnswer);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
