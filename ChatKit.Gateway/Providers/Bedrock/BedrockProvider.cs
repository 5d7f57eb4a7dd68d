using System.Buffers;
using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.OpenAi;
using ChatKit.Gateway.Wire.Sse;

namespace ChatKit.Gateway.Providers.Bedrock;

/// <summary>
/// Chat with any model of Amazon Bedrock, by Converse and ConverseStream (https://docs.aws.amazon.com/bedrock/latest/userguide/conversation-inference.html). Who we
/// are is said by the deployment's key or identity (<see cref="CloudAuthorization"/>).
/// </summary>
internal sealed class BedrockProvider(TimeProvider time) : IProvider
{
    public GatewayError? WriteRequest(ModelCall call, UpstreamRequest request)
    {
        if (ChatRequestReader.Read(call, out var chat) is { } malformed) return malformed;
        var translator = new ConverseTranslator(BedrockModel.Of(call), call.Parameters, request.Losses);
        if (translator.Translate(chat, out var converse) is { } refused) return refused;

        request.Address = call.Deployment.AddressOf(call.Envelope.Stream ? "converse-stream" : "converse", call.UpstreamModel);
        if (call.Deployment.ApiKey is { } key) request.Headers.Add(new("Authorization", key.RevealBearer()));
        request.Headers.AddRange(call.Deployment.Headers);
        using var writer = new Utf8JsonWriter(request.Body, JsonText.Plain);
        JsonSerializer.Serialize(writer, converse!, BedrockJson.Default.ConverseRequest);
        return null;
    }

    public GatewayError? ReadAnswer(ModelCall call, ReadOnlyMemory<byte> body, IBufferWriter<byte> output, out AnswerFacts facts)
    {
        facts = default;
        if (Read(body.Span) is not { Output.Message.Content: not null } answer) return BedrockErrors.Broken("The provider's answer is not one of its dialect.");
        var id = NewId();
        var completion = ConverseAnswerTranslator.Translate(answer, id, call.ClientModel, time.GetUtcNow().ToUnixTimeSeconds());
        using var writer = new Utf8JsonWriter(output, JsonText.Plain);
        JsonSerializer.Serialize(writer, completion, OpenAiJson.Default.ChatCompletion);
        facts = new AnswerFacts(answer.Usage is null ? null : ConverseAnswerTranslator.Tokens(answer.Usage), id, null, completion.Choices[0].FinishReason);
        return null;
    }

    public IAnswerStream OpenStream(ModelCall call) => new ConverseStream(call, NewId(), time.GetUtcNow().ToUnixTimeSeconds());

    public IEventReader OpenReader() => new EventStreamReader();

    public GatewayError ReadError(ModelCall call, int status, ReadOnlyMemory<byte> body) => BedrockErrors.FromAnswer(status, body.Span);

    /// <summary>Converse's answers have no id, and every client expects one.</summary>
    private static string NewId() => $"chatcmpl-{Guid.NewGuid():N}";

    private static ConverseAnswer? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonUnicode.Read(body, BedrockJson.Default.ConverseAnswer);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
