using System.Buffers;
using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Wire.Gemini;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.OpenAi;
using ChatKit.Gateway.Wire.Sse;

namespace ChatKit.Gateway.Providers.Gemini;

/// <summary>Chat in Google's own wire, POST models/{model}:generateContent (https://ai.google.dev/api/generate-content), on AI Studio and on Vertex AI.</summary>
internal sealed class GeminiProvider(GeminiHost host, TimeProvider time) : IProvider
{
    public GatewayError? WriteRequest(ModelCall call, UpstreamRequest request)
    {
        if (ChatRequestReader.Read(call, out var chat) is { } malformed) return malformed;
        var translator = new GeminiRequestTranslator(host, call.Parameters, request.Losses);
        if (translator.Translate(chat, call.UpstreamModel, out var content) is { } refused) return refused;

        request.BeginContent(call, host);
        using var writer = new Utf8JsonWriter(request.Body, JsonText.Plain);
        JsonSerializer.Serialize(writer, content!, GeminiJson.Default.GenerateContentRequest);
        return null;
    }

    public GatewayError? ReadAnswer(ModelCall call, ReadOnlyMemory<byte> body, IBufferWriter<byte> output, out AnswerFacts facts)
    {
        facts = default;
        var answer = Read(body.Span);
        if (answer is { Error: { } error }) return GeminiErrors.Inside(error);
        if (answer is not ({ Candidates: [not null, ..] } or { PromptFeedback.BlockReason: not null }) || answer.Candidates?.Contains(null!) is true)
            return GeminiErrors.Broken("The provider's answer is not one of its dialect: it has no candidate.");
        var completion = GeminiAnswerTranslator.Translate(answer, answer.ResponseId ?? NewId(), call.ClientModel, time.GetUtcNow().ToUnixTimeSeconds());
        using var writer = new Utf8JsonWriter(output, JsonText.Plain);
        JsonSerializer.Serialize(writer, completion, OpenAiJson.Default.ChatCompletion);
        var usage = answer.UsageMetadata is { } counted ? GeminiTokens.Of(counted) : (Model.TokenUsage?)null;
        facts = new AnswerFacts(usage, answer.ResponseId, answer.ModelVersion, completion.Choices[0].FinishReason);
        return null;
    }

    public IAnswerStream OpenStream(ModelCall call) => new GeminiStream(call, NewId(), time.GetUtcNow().ToUnixTimeSeconds());

    public IEventReader OpenReader() => new ContentEventReader();

    public GatewayError ReadError(ModelCall call, int status, ReadOnlyMemory<byte> body) => GeminiErrors.FromAnswer(status, body.Span);

    /// <summary>For answers that have none.</summary>
    private string NewId() => $"chatcmpl-{Guid.CreateVersion7(time.GetUtcNow()):N}";

    private static GenerateContentAnswer? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonUnicode.Read(body, GeminiJson.Default.GenerateContentAnswer);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
