using System.Buffers;
using System.Text.Json;
using ChatKit.Gateway.Errors;
using ChatKit.Gateway.Model;
using ChatKit.Gateway.Providers.Embeddings;
using ChatKit.Gateway.Providers.OpenAiCompatible;
using ChatKit.Gateway.Providers.Translation;
using ChatKit.Gateway.Wire;
using ChatKit.Gateway.Wire.Json;
using ChatKit.Gateway.Wire.OpenAi;

namespace ChatKit.Gateway.Providers.Cohere;

/// <summary>
/// Cohere's own embeddings, POST /v2/embed (https://docs.cohere.com/reference/embed). Cohere wants to know what the vectors are for; where the client does not say
/// (<c>input_type</c>), they are for documents that will be searched, as LiteLLM has it. Images are data URLs among the input.
/// </summary>
internal sealed class CohereEmbeddings : IProvider
{
    private const string DefaultInputType = "search_document";

    public GatewayError? WriteRequest(ModelCall call, UpstreamRequest request)
    {
        if ((EmbeddingInput.Of(call).HasTokens ? TokenText.Decode(call) : call) is not { } readable) return EmbeddingInput.TokensRefused(call.Deployment.Provider);
        if (EmbeddingRequest.Read(readable) is not { } asked) return ChatRefusals.Invalid("request_body", "The request body is not an embeddings request.");
        if (asked.Texts() is not { } given) return ChatRefusals.Invalid("input", "'input' must be a string or an array of strings.");
        if (asked.Take("embedding_types") is { } types && types.GetRawText() is not "[\"float\"]")
            return ChatRefusals.UnsupportedValue("embedding_types", "OpenAI's answer has room for vectors of floats only; 'encoding_format' says how they are written.");
        if (asked.User is not null) request.Losses.Add("user");

        var images = given.Where(static text => DataUrl.TryParse(text, out var url) && url.MediaType.StartsWith("image/", StringComparison.Ordinal)).ToList();
        if (images.Count > 0 && images.Count < given.Count) return ChatRefusals.UnsupportedValue("input", "Cohere takes texts or images in one request, not both.");
        request.Begin(call, "embed");
        var inputType = asked.Take("input_type") is { ValueKind: JsonValueKind.String } type ? type.GetString()! : images.Count > 0 ? "image" : DefaultInputType;
        var translated = new CohereEmbedRequest(call.UpstreamModel, inputType, ["float"])
        {
            Texts = images.Count == 0 ? given : null,
            Images = images.Count > 0 ? images : null,
            OutputDimension = asked.Dimensions,
            Others = asked.Own(request.Losses),
        };
        using var writer = new Utf8JsonWriter(request.Body, JsonText.Plain);
        JsonSerializer.Serialize(writer, translated, CohereJson.Default.CohereEmbedRequest);
        return null;
    }

    public GatewayError? ReadAnswer(ModelCall call, ReadOnlyMemory<byte> body, IBufferWriter<byte> output, out AnswerFacts facts)
    {
        facts = default;
        if (Read(body.Span) is not { Embeddings.Float: { } vectors } answer || vectors.Any(static vector => vector.ValueKind is not JsonValueKind.Array)) return OpenAiErrors.Broken("The provider's answer holds no vectors of floats.");
        var billed = answer.Meta?.BilledUnits;
        var tokens = (long)(billed?.InputTokens ?? 0) + (long)(billed?.ImageTokens ?? 0);
        using var written = new PooledBuffer(body.Length);
        EmbeddingAnswer.Write(written, call.ClientModel, vectors, tokens);
        if (!EmbeddingVectors.TryWrite(written.WrittenSpan, EmbeddingInput.Of(call).WantsBase64, output)) return OpenAiErrors.Broken("The provider's answer holds vectors that are not numbers.");
        facts = new AnswerFacts(new TokenUsage(tokens, 0), answer.Id, null, null);
        return null;
    }

    public AnswerForm FormOf(ModelCall call, string? mediaType) => AnswerForm.Document;

    public IAnswerStream OpenStream(ModelCall call) => new MediaEventStream();

    public GatewayError ReadError(ModelCall call, int status, ReadOnlyMemory<byte> body) => OpenAiErrors.FromAnswer(status, body);

    private static CohereEmbedAnswer? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonUnicode.Read(body, CohereJson.Default.CohereEmbedAnswer);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
