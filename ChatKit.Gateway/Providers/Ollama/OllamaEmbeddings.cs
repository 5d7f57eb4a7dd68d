using System.Buffers;
using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers.Embeddings;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Wire;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.Ollama;

/// <summary>
/// Ollama's embeddings: at its OpenAI endpoint, and at its own POST /api/embed (https://docs.ollama.com/api/embed) for what only that one knows
/// (<see cref="OllamaParameters"/>).
/// </summary>
internal sealed class OllamaEmbeddings(IProvider openAi) : IProvider
{
    public GatewayError? WriteRequest(ModelCall call, UpstreamRequest request)
    {
        if (!OllamaParameters.NeedsOwnApi(call)) return openAi.WriteRequest(call, request);
        if ((EmbeddingInput.Of(call).HasTokens ? TokenText.Decode(call) : call) is not { } readable) return EmbeddingInput.TokensRefused(call.Deployment.Provider);
        if (EmbeddingRequest.Read(readable) is not { } asked) return ChatRefusals.Invalid("request_body", "The request body is not an embeddings request.");
        if (asked.Texts() is not { } texts) return ChatRefusals.Invalid("input", "'input' must be a string or an array of strings.");
        if (asked.User is not null) request.Losses.Add("user");
        request.Begin(call, OllamaProvider.OwnPath("embed"));
        request.Address = OllamaProvider.OwnAddress(request.Address);
        using var writer = new Utf8JsonWriter(request.Body, JsonText.Plain);
        writer.WriteStartObject();
        writer.WriteString("model"u8, call.UpstreamModel);
        writer.WriteStartArray("input"u8);
        foreach (var text in texts) writer.WriteStringValue(text);
        writer.WriteEndArray();
        if (asked.Dimensions is { ValueKind: not JsonValueKind.Null } dimensions) Write("dimensions", dimensions);
        WriteOptions(writer, asked);
        foreach (var (name, value) in asked.Own(request.Losses) ?? []) Write(name, value);
        writer.WriteEndObject();
        return null;

        void Write(string name, JsonElement value)
        {
            writer.WritePropertyName(name);
            value.WriteTo(writer);
        }
    }

    public GatewayError? ReadAnswer(ModelCall call, ReadOnlyMemory<byte> body, IBufferWriter<byte> output, out AnswerFacts facts)
    {
        facts = default;
        if (!OllamaParameters.NeedsOwnApi(call)) return openAi.ReadAnswer(call, body, output, out facts);
        if (Read(body.Span) is not { Embeddings: { } vectors } answer || vectors.Any(static vector => vector.ValueKind is not JsonValueKind.Array)) return OpenAiErrors.Broken("The provider's answer holds no vectors.");
        var tokens = answer.PromptEvalCount ?? 0;
        using var written = new PooledBuffer(body.Length + 256);
        EmbeddingAnswer.Write(written, call.ClientModel, vectors, tokens);
        if (!EmbeddingVectors.TryWrite(written.WrittenSpan, EmbeddingInput.Of(call).WantsBase64, output)) return OpenAiErrors.Broken("The provider's answer holds vectors that are not numbers.");
        facts = new AnswerFacts(new TokenUsage(tokens, 0), null, answer.Model, null);
        return null;
    }

    public AnswerForm FormOf(ModelCall call, string? mediaType) => AnswerForm.Document;

    public IAnswerStream OpenStream(ModelCall call) => openAi.OpenStream(call);

    public GatewayError ReadError(ModelCall call, int status, ReadOnlyMemory<byte> body) => openAi.ReadError(call, status, body);

    /// <summary>From wherever they were written; what stands in <c>options</c> holds.</summary>
    private static void WriteOptions(Utf8JsonWriter writer, EmbeddingRequest asked)
    {
        var options = new Dictionary<string, JsonElement>();
        foreach (var name in (string[])[.. asked.Others?.Keys.Where(OllamaParameters.IsOption) ?? []])
        {
            if (asked.Take(name) is { } value) options[name] = value;
        }

        if (asked.Take("options") is { ValueKind: JsonValueKind.Object } given)
        {
            foreach (var option in given.EnumerateObject()) options[option.Name] = option.Value;
        }

        if (options.Count == 0) return;
        writer.WriteStartObject("options"u8);
        foreach (var (name, value) in options)
        {
            writer.WritePropertyName(name);
            value.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    private static OllamaVectors? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonUnicode.Read(body, OllamaJson.Default.OllamaVectors);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
